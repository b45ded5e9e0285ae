import { binNumbers, explainedShare } from './explained-share.ts'
import type { CategoryColumn, Column } from './table.ts'

/** How columns are put together; `a`, `b` and `c` are the columns in their order. */
export type FormulaForm =
  /** a / b */
  | 'ratio'
  /** a − b */
  | 'difference'
  /** a + b */
  | 'sum'
  /** a × b */
  | 'product'
  /** a × b / c */
  | 'product_ratio'
  /** (a + b) / c */
  | 'sum_ratio'
  /** a / b² */
  | 'square_ratio'
  /** a × b × c */
  | 'triple_product'
  /** a minus its mean among the rows of the same level of b */
  | 'deviation'
  /** the levels of a and b together */
  | 'cross'

/** A formula over columns, by their positions. */
export interface FormulaOfColumns {
  readonly form: FormulaForm
  readonly columns: readonly number[]
}

/** Rows of some columns, what a model misses on each row (by output), and the formulas that may say why. */
export interface ScreenFormulasInput {
  readonly columns: readonly Column[]
  readonly errors: readonly Float64Array[]
  readonly formulas: readonly FormulaOfColumns[]
}

/** By formula: the share of the errors' variance that it explains, of the output of which it explains most. */
export function screenFormulas({ columns, errors, formulas }: ScreenFormulasInput): Float64Array {
  return Float64Array.from(formulas, (formula) => {
    const bins = binsOf(formula, columns)
    return bins === null ? 0 : errors.reduce((most, values) => Math.max(most, explainedShare(bins, values)), 0)
  })
}

function binsOf({ form, columns: places }: FormulaOfColumns, columns: readonly Column[]): Int32Array | null {
  const parts = places.map((place) => columns[place])
  const [a, b, c] = parts
  if (form === 'cross') return a?.kind === 'category' && b?.kind === 'category' ? crossedCodes(a, b) : null
  if (a?.kind !== 'numeric') return null
  if (form === 'deviation') return b?.kind === 'category' ? binNumbers(deviations(a.values, b)) : null
  if (b?.kind !== 'numeric' || (c !== undefined && c.kind !== 'numeric')) return null
  return binNumbers(arithmetic(form, [a.values, b.values, c?.values ?? b.values]))
}

/** A bin for each combination that occurs, 0 where either level is missing. */
function crossedCodes(a: CategoryColumn, b: CategoryColumn): Int32Array {
  const places = new Map<number, number>()
  return a.codes.map((code, row) => {
    const other = b.codes[row] as number
    if (code < 0 || other < 0) return 0
    const cell = code * b.levels.length + other
    const place = places.get(cell) ?? places.size + 1
    places.set(cell, place)
    return place
  })
}

function deviations(values: Float64Array, group: CategoryColumn): Float64Array {
  const sums = new Float64Array(group.levels.length)
  const counts = new Float64Array(group.levels.length)
  for (let row = 0; row < values.length; row++) {
    const [code, value] = [group.codes[row] as number, values[row] as number]
    if (code < 0 || !Number.isFinite(value)) continue
    sums[code] = (sums[code] as number) + value
    counts[code] = (counts[code] as number) + 1
  }
  return values.map((value, row) => {
    const code = group.codes[row] as number
    return code < 0 ? Number.NaN : value - (sums[code] as number) / (counts[code] as number)
  })
}

type Arithmetic = Exclude<FormulaForm, 'cross' | 'deviation'>

/** What is divided by zero is no finite number, and so counts as missing. */
const operations: Readonly<Record<Arithmetic, (a: number, b: number, c: number) => number>> = {
  ratio: (a, b) => a / b,
  difference: (a, b) => a - b,
  sum: (a, b) => a + b,
  product: (a, b) => a * b,
  product_ratio: (a, b, c) => (a * b) / c,
  sum_ratio: (a, b, c) => (a + b) / c,
  square_ratio: (a, b) => a / (b * b),
  triple_product: (a, b, c) => a * b * c,
}

function arithmetic(form: Arithmetic, [a, b, c]: readonly [Float64Array, Float64Array, Float64Array]): Float64Array {
  const operation = operations[form]
  return a.map((value, row) => operation(value, b[row] as number, c[row] as number))
}
