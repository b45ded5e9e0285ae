import { accept, refuse, type Result } from '#core/errors'
import { type Table, type Target, takeRows, takeTarget } from '#ml/table'
import type { LabelledRows } from './read-labelled.ts'

/** Folds by row index that benchmarks use. */
export const indexFolds = 5

/** Fewer labelled rows than this are not divided. */
const fewestRows = 10

/** Rows to learn from and rows to judge on. */
export interface FoldSplit {
  readonly train: { readonly table: Table; readonly target: Target }
  readonly test: { readonly table: Table; readonly target: Target }
}

/** The rows whose zero-based index modulo 5 is the fold, and the others. */
export function splitFold({ table, target }: LabelledRows, fold: number): Result<FoldSplit> {
  if (!Number.isInteger(fold) || fold < 0 || fold >= indexFolds) return refuse('TEST_ROWS_EMPTY', `there is no fold ${fold}`, { suggestion: `The folds are 0 to ${indexFolds - 1}.` })
  if (table.rows < fewestRows) return refuse('TOO_FEW_ROWS', `only ${table.rows} rows have a target, and at least ${fewestRows} are needed`)
  const [train, test]: [number[], number[]] = [[], []]
  for (let row = 0; row < table.rows; row++) (row % indexFolds === fold ? test : train).push(row)
  const take = (rows: number[]) => ({ table: takeRows(table, Int32Array.from(rows)), target: takeTarget(target, Int32Array.from(rows)) })
  const split = { train: take(train), test: take(test) }
  const absent = absentClass(split.train.target)
  if (absent !== undefined) return refuse('LABEL_UNUSABLE', `no training row of fold ${fold} has the class ${JSON.stringify(absent)}`, { suggestion: 'Choose another fold, or add rows of that class.' })
  return accept(split)
}

function absentClass(target: Target): string | undefined {
  if (target.task === 'regression') return undefined
  const seen = new Set(target.codes)
  return target.classes.find((_, code) => !seen.has(code))
}
