import type { BagSplit } from './bag-splits.ts'
import type { BoostingTarget } from './boosting-target.ts'
import type { BoostingSettings } from './boost-terms.ts'
import { type Context, runParts } from './context.ts'
import { type FitBagInput, type FitBagOutput, type FittedTerms, fitBag, type TermCodes } from './fit-bag.ts'
import { type BoostingTask, buildsOf } from './loss-of-task.ts'
import { chooseTracker } from './plan-boosting.ts'
import { type SettledBag, settleRounds } from './settle-rounds.ts'

/** Terms to boost in every bag. */
export interface BoostingStage {
  readonly terms: TermCodes
  readonly task: BoostingTask
  readonly target: BoostingTarget
  readonly rowWeights: Float64Array | undefined
  /** Divisions for the most bags that there may be. */
  readonly splits: readonly BagSplit[]
  /** By bag: terms that it has fitted before; absent in the first stage. */
  readonly fitted?: readonly FittedTerms[] | undefined
  readonly rowsPerBag: number
  readonly settings: Omit<BoostingSettings, 'largestStep'>
  readonly seed: number
  /** Work that all bags may take together; as many bags are boosted as it allows, at least four. */
  readonly budget: number
}

/** A wave is boosted before it is known what a bag costs. */
const FIRST_WAVE = 4

/** Boosts the bags: each leaves out one fold, and all stop where the rows that they leave out say so. */
export async function boostBags(stage: BoostingStage, context: Context, done: readonly FitBagOutput[] = []): Promise<SettledBag[]> {
  const { splits } = stage
  const first = await runBags(stage, { from: done.length, to: Math.min(FIRST_WAVE, splits.length) }, context)
  const wave = [...done, ...first]
  const perBag = wave.reduce((sum, { work }) => sum + work, 0) / wave.length
  // By twos, since two threads take as long for an odd bag as for two.
  const affordable = Math.min(splits.length, 2 * Math.floor(stage.budget / Math.max(1, 2 * perBag)))
  const rest = await runBags(stage, { from: wave.length, to: affordable }, context)
  const bags = [...wave, ...rest]
  return settleBags(stage, bags)
}

/** Stops the first bags of a stage at their common round. */
export function settleBags(stage: BoostingStage, bags: readonly FitBagOutput[]): SettledBag[] {
  return settleRounds(bagInputs(stage, { from: 0, to: bags.length }), bags)
}

/** Bags by their numbers: from (inclusive) to (exclusive). */
export interface BagRange {
  readonly from: number
  readonly to: number
}

/** Boosts some of the bags. */
export async function runBags(stage: BoostingStage, range: BagRange, context: Context): Promise<FitBagOutput[]> {
  if (range.to <= range.from) return []
  return runParts({ task: 'fitBag', run: fitBag }, bagInputs(stage, range), context)
}

function bagInputs(stage: BoostingStage, { from, to }: BagRange): FitBagInput[] {
  const { terms, task, target, splits } = stage
  const common = {
    ...terms,
    task,
    target: target.values,
    rowWeights: stage.rowWeights ?? null,
    rowsPerBag: stage.rowsPerBag,
    tracker: chooseTracker({
      rows: Math.min(stage.rowsPerBag, target.values.length),
      terms: terms.shapes.length,
      outputs: task.outputs,
      cells: terms.shapes.reduce((sum, shape) => sum + shape.cells, 0),
      corners: terms.shapes.some((shape) => shape.kind === 'grid') ? 5 : stage.settings.leaves,
      builds: buildsOf(task),
    }),
    settings: { ...stage.settings, largestStep: largestStep(task) },
    seed: stage.seed,
  }
  return splits.slice(from, to).map((split, i): FitBagInput => {
    const bag = from + i
    return { ...common, ...split, bag, fitted: stage.fitted?.[bag] ?? null }
  })
}

/** Bound on a leaf before the learning rate: keeps separable classes and logarithms from running away. */
function largestStep({ task, loss }: BoostingTask): number {
  if (task !== 'regression') return 4
  if (loss.kind === 'squared') return Number.MAX_VALUE
  return loss.kind === 'quantile' ? 1 : 4
}
