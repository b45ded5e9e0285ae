import { takeRows, takeTarget, type Target } from '#ml/table'
import type { Tools } from '#phases/phase'
import type { LoadedColumn } from './load-rows.ts'
import { runTask } from './run-task.ts'

/** How well one column alone predicts rows that it was not learnt from. */
export interface Strength {
  readonly metric: 'auc' | 'r2'
  readonly value: number
}

/** Rows on which single columns are judged. */
const mostRows = 4_000

/** Evenly spaced rows, all where they are few. */
export function evenRows(rows: number, most: number): Int32Array {
  const count = Math.min(rows, most)
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count))
}

/** The strength of each column alone, in the order of the columns. */
export async function measureStrengths(
  columns: readonly LoadedColumn[],
  target: Target,
  tools: Tools,
): Promise<Strength[]> {
  const [first] = columns
  if (first === undefined) return []
  const rows = first.values.kind === 'numeric' ? first.values.values.length : first.values.codes.length
  const chosen = evenRows(rows, mostRows)
  const sample = takeTarget(target, chosen)
  const inputs = columns.map(({ values }) => ({
    table: takeRows({ rows, columns: [values] }, chosen),
    target: sample,
    feature: values.name,
    seed: tools.seed,
  }))
  return (await runTask({ ...tools, progress: undefined }, 'oneFeatureStrength', inputs)).map(({ metric, value }) => ({ metric, value }))
}
