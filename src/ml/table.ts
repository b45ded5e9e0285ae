import { elementAt } from './element-at.ts'

/** Numbers of one column; NaN (and any value that is not finite) means missing. */
export interface NumericColumn {
  readonly name: string
  readonly kind: 'numeric'
  readonly values: Float64Array
}

/** Text values of one column as indices into `levels`; -1 means missing. */
export interface CategoryColumn {
  readonly name: string
  readonly kind: 'category'
  readonly codes: Int32Array
  readonly levels: readonly string[]
  /** True where the levels are listed in an order that means something, the lowest first. */
  readonly ordered?: boolean
}

/** One column of a table. */
export type Column = NumericColumn | CategoryColumn

/** Columns of equal length; the arrays may lie on SharedArrayBuffer. */
export interface Table {
  readonly rows: number
  readonly columns: readonly Column[]
}

/** Class index by row; in a binary task class 1 is the positive one. */
export interface ClassTarget {
  readonly task: 'binary' | 'multiclass'
  readonly codes: Int32Array
  readonly classes: readonly string[]
}

/** A number to predict by row. */
export interface RegressionTarget {
  readonly task: 'regression'
  readonly values: Float64Array
}

/** What is to be predicted. */
export type Target = ClassTarget | RegressionTarget

/** The three tasks. */
export type Task = Target['task']

/** Copies the given rows of a table, in the given order. */
export function takeRows(table: Table, rows: Int32Array): Table {
  const columns = table.columns.map((column): Column =>
    column.kind === 'numeric'
      ? { ...column, values: takeNumbers(column.values, rows) }
      : { ...column, codes: takeCodes(column.codes, rows) },
  )
  return { rows: rows.length, columns }
}

/** Copies the given rows of a target, in the given order. */
export function takeTarget(target: Target, rows: Int32Array): Target {
  return target.task === 'regression'
    ? { ...target, values: takeNumbers(target.values, rows) }
    : { ...target, codes: takeCodes(target.codes, rows) }
}

/** Number of rows of a target. */
export function targetRows(target: Target): number {
  return target.task === 'regression' ? target.values.length : target.codes.length
}

/** Number of scores a model of this target has: one for each class of a multiclass task, otherwise one. */
export function outputsOf(target: Target): number {
  return target.task === 'multiclass' ? target.classes.length : 1
}

/** Copies the numbers of the given rows. */
export function takeNumbers(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) taken[i] = elementAt(values, rows[i] as number)
  return taken
}

/** Copies the codes of the given rows. */
export function takeCodes(codes: Int32Array, rows: Int32Array): Int32Array {
  const taken = new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) taken[i] = elementAt(codes, rows[i] as number)
  return taken
}
