import { type Context, runParts } from './context.ts'
import type { FitRequest } from './fit-request.ts'
import { forestImportance } from './forest-importance.ts'
import type { Forest, Model } from './model.ts'
import { linkOfTask } from './start-score.ts'
import { allocateTrees } from './tree-allocate.ts'
import { forestFeature } from './tree-bins.ts'
import { type BoostedTree, type BoostTreesInput, boostTrees } from './tree-boost.ts'
import { buildTree, type TreeNames } from './tree-build.ts'
import { treeRules } from './tree-rules.ts'
import { treeStart } from './tree-start.ts'

/** Below this many cells a fit is over before other threads would have been asked. */
const FEWEST_CELLS_TO_SHARE = 100_000

/** Above this many cells more than two threads are worth asking. */
const CELLS_FOR_MORE = 2_000_000

/** Fits boosted trees; with `context.parallel` several threads share each tree, with the same result to the last bit. */
export async function fitTrees(request: FitRequest, context: Context): Promise<Model> {
  const { table, target, weights, monotone = {}, seed } = request
  const cells = table.rows * table.columns.length
  const isShared =
    context.parallel !== undefined && cells >= FEWEST_CELLS_TO_SHARE && typeof SharedArrayBuffer !== 'undefined'
  const start = treeStart(target, weights)
  const rules = treeRules(request.settings?.trees)
  const { memory, ...names } = allocateTrees({ table, target, weights, monotone, start, rules, isShared })
  const input: BoostTreesInput = { memory, isShared }
  const parts = isShared ? Array.from({ length: cells >= CELLS_FOR_MORE ? 4 : 2 }, () => input) : [input]
  const answers = await runParts({ task: 'boostTrees', run: (part: BoostTreesInput) => boostTrees(part, context) }, parts, context)
  const grown = answers.find((answer) => answer !== undefined) ?? []
  const { trees, means } = buildTrees(grown, { ...names, features: table.columns.map(forestFeature) })
  const intercepts = start.map((score, k) => score + (means[k] ?? 0))
  const forest: Forest = { features: table.columns.map(forestFeature), trees, importance: [] }
  return {
    format: 'signalbox-model',
    version: 2,
    trainer: 'trees',
    task: target.task,
    link: linkOfTask(target.task),
    ...(target.task === 'regression' ? {} : { classes: [...target.classes] }),
    intercepts,
    terms: [],
    forest: { ...forest, importance: forestImportance(forest, table, intercepts) },
    training: { rows: table.rows, seed, rounds: [grown[0]?.length ?? 0] },
  }
}

/** The trees of a model by output and round, and the sum of the means that were taken off them, by output. */
function buildTrees(grown: readonly BoostedTree[][], names: TreeNames) {
  const built = grown.map((rounds) => rounds.map((tree) => buildTree(tree, names)))
  const means = built.map((rounds) => rounds.reduce((sum, { mean }) => sum + mean, 0))
  return { trees: built.map((rounds) => rounds.map(({ tree }) => tree)), means }
}
