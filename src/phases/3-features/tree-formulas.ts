import { isRefusal } from '#ml/refusal'
import { takeRows } from '#ml/table'
import type { Tools } from '#phases/phase'
import { type Amount, amountsOf, pairFormulas, tripleFormulas } from './amounts.ts'
import type { Formula } from './formula.ts'
import { crossFormulas, deviationFormulas, type Group, groupsOf } from './groups.ts'
import type { LoadedColumn } from './load-rows.ts'
import { type ModelErrors, someErrors } from './model-errors.ts'
import { runTask } from './run-task.ts'
import { splitChains } from './tree-splits.ts'

/** Rows and trees of the look; small, since it only points at columns. */
const mostRows = 4_000
const trees = { rounds: 40, leaves: 8, learningRate: 0.2 }
/** Pairs and triples that are taken from the trees. */
const mostPairs = 10
const mostTriples = 4

/**
 * Formulas over the columns that small boosted trees split by one after another when they are fitted to what the
 * current model misses: what curves of single columns say is out of these errors already.
 */
export async function treeFormulas(columns: readonly LoadedColumn[], found: ModelErrors, tools: Tools): Promise<Formula[]> {
  const { rows, errors } = someErrors(found, mostRows)
  const table = takeRows({ rows: rows.length, columns: columns.map(({ values }) => values) }, rows)
  const inputs = errors.map((values) => ({ trainer: 'trees' as const, table, target: { task: 'regression' as const, values }, settings: { trees }, seed: tools.seed }))
  const models = await runTask({ ...tools, progress: undefined }, 'fitModel', inputs)
  const amounts = new Map(amountsOf(columns).map((amount) => [amount.column.id, amount]))
  const groups = new Map(groupsOf(columns).map((group) => [group.column.id, group]))
  return models.flatMap((model) => {
    if (isRefusal(model)) return []
    const { pairs, triples } = splitChains(model)
    const idAt = (place: number): string => model.forest?.features[place]?.feature ?? ''
    const ofPairs = pairs.slice(0, mostPairs).flatMap((places) => pairOf(places.map(idAt), amounts, groups))
    const ofTriples = triples.slice(0, mostTriples).flatMap((places) => {
      const [a, b, c] = places.map((place) => amounts.get(idAt(place)))
      return a !== undefined && b !== undefined && c !== undefined ? tripleFormulas([a, b, c], 'trees') : []
    })
    return [...ofPairs, ...ofTriples]
  })
}

function pairOf([one = '', other = '']: readonly string[], amounts: ReadonlyMap<string, Amount>, groups: ReadonlyMap<string, Group>): Formula[] {
  const [a, b, g, h] = [amounts.get(one), amounts.get(other), groups.get(one), groups.get(other)]
  return [
    ...(a !== undefined && b !== undefined ? pairFormulas([a, b], 'trees') : []),
    ...(a !== undefined && h !== undefined ? deviationFormulas(a, h, 'trees') : []),
    ...(b !== undefined && g !== undefined ? deviationFormulas(b, g, 'trees') : []),
    ...(g !== undefined && h !== undefined ? crossFormulas(g, h, 'trees') : []),
  ]
}
