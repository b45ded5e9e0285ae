import { BLOCK_ROWS } from './compiled-model.ts'
import { compileForest } from './forest-compile.ts'
import { matchColumns } from './match-columns.ts'
import type { Forest } from './model.ts'
import { isRefusal } from './refusal.ts'
import { type Table, takeRows } from './table.ts'

/** Leaves x rows that the importance may cost at least; on a large table as many as the table has cells: a tenth of a fit. */
const LEAST_WORK = 400_000
const FEWEST_ROWS = 50

/**
 * Mean absolute Shapley value of each feature (mean over the outputs too), over all rows of a table or, where those are
 * many for the size of the forest, over rows at even steps.
 */
export function forestImportance(forest: Forest, table: Table, intercepts: readonly number[]): number[] {
  const leaves = forest.trees.flat().reduce((sum, tree) => sum + tree.value.length, 0)
  const work = Math.max(LEAST_WORK, table.rows * table.columns.length)
  const rows = Math.min(table.rows, Math.max(FEWEST_ROWS, Math.floor(work / Math.max(1, leaves))))
  const sample = rows === table.rows ? table : takeRows(table, Int32Array.from({ length: rows }, (_, i) => Math.floor((i * table.rows) / rows)))
  const compiled = compileForest(forest, intercepts)
  const columns = matchColumns(compiled.reads, sample)
  if (isRefusal(columns)) throw new Error(columns.message)
  const opened = compiled.open(columns)
  const sums = forest.features.map(() => 0)
  for (let start = 0; start < rows; start += BLOCK_ROWS) {
    const length = Math.min(BLOCK_ROWS, rows - start)
    const parts = sums.map(() => intercepts.map(() => new Float64Array(length)))
    opened.writeParts(start, parts)
    for (const [f, part] of parts.entries()) sums[f] = part.reduce((sum, values) => sum + sumOfSizes(values), sums[f] as number)
  }
  return sums.map((sum) => sum / (rows * intercepts.length))
}

function sumOfSizes(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += Math.abs(value)
  return sum
}
