import { isNameable } from './candidate.ts'
import type { Formula, FormulaSource } from './formula.ts'
import type { LoadedColumn } from './load-rows.ts'
import { distinctNumbers } from './usable-columns.ts'

/** Fewer different numbers are rather groups than amounts. */
const fewestValues = 5
/** Numbers are added and subtracted where their spreads differ by less than this factor. */
const likeSpread = 10
/** A divisor may be zero on this share of the rows. */
const mostZeros = 0.2

/** A column of numbers to reckon with. */
export interface Amount extends LoadedColumn {
  readonly zeros: number
  readonly spread: number
}

/** The columns that are amounts, in their order. */
export function amountsOf(columns: readonly LoadedColumn[]): Amount[] {
  return columns.flatMap((one): Amount[] => {
    const { column, values } = one
    if ((column.type !== 'number' && column.type !== 'integer') || values.kind !== 'numeric' || !isNameable(column)) return []
    if (distinctNumbers(values.values, fewestValues) < fewestValues) return []
    return [{ ...one, ...spreadOf(values.values) }]
  })
}

function spreadOf(values: Float64Array): Pick<Amount, 'zeros' | 'spread'> {
  let [rows, zeros, mean, squares] = [0, 0, 0, 0]
  for (const value of values) {
    if (Number.isNaN(value)) continue
    rows++
    if (value === 0) zeros++
    const off = value - mean
    mean += off / rows
    squares += off * (value - mean)
  }
  return { zeros: zeros / rows, spread: Math.sqrt(squares / rows) }
}

/** Whether the amount may stand below a line. */
export function divides({ zeros }: Amount): boolean {
  return zeros <= mostZeros
}

/** Ratio, difference, sum and product of two amounts; the first one stands above the line unless only it divides. */
export function pairFormulas([one, other]: readonly [Amount, Amount], source: FormulaSource): Formula[] {
  const from = [one, other]
  const [above, below] = other.zeros <= one.zeros || other.zeros <= mostZeros / 10 ? [one, other] : [other, one]
  const ratio: Formula[] = divides(below) ? [{ form: 'ratio', from: [above, below], source }] : []
  const alike: Formula[] = likeSpreads(one, other) ? [{ form: 'difference', from, source }, { form: 'sum', from, source }] : []
  return [...ratio, ...alike, { form: 'product', from, source }]
}

function likeSpreads(one: Amount, other: Amount): boolean {
  return Math.min(one.spread, other.spread) * likeSpread >= Math.max(one.spread, other.spread)
}

/** The same of three: products and sums of two over the third, and the product of all. */
export function tripleFormulas(three: readonly [Amount, Amount, Amount], source: FormulaSource): Formula[] {
  const [a, b, c] = three
  const ratios = ([[b, c, a], [a, c, b], [a, b, c]] as const).flatMap(([one, other, below]): Formula[] => {
    if (!divides(below)) return []
    const from = [one, other, below]
    return [{ form: 'product_ratio', from, source }, ...(likeSpreads(one, other) ? [{ form: 'sum_ratio' as const, from, source }] : [])]
  })
  return [...ratios, { form: 'triple_product', from: three, source }]
}
