import type { Term } from './formula-terms.ts'
import type { LabelScale } from './label-scale.ts'
import { leastSquares, type LinearFormula } from './least-squares.ts'

/** A formula that gives the label, and on how many rows. */
export interface ProvedFormula {
  /** `exact` gives the value; `rest` gives it but for one of a few amounts; `near` gives nearly all of its variance. */
  readonly kind: 'exact' | 'rest' | 'near'
  readonly terms: readonly Term[]
  readonly formula: LinearFormula
  /** Of a rest: the amounts that are left over, the most frequent first. */
  readonly amounts: readonly number[]
  /** Rows on which it holds, of the rows that have all parts. */
  readonly holds: number
  readonly rows: number
  readonly share: number
  readonly explained: number
}

/** Rows of the label and the values of terms there. */
export interface FormulaRows {
  readonly label: Float64Array
  readonly scale: LabelScale
  /** Rows of the table that are looked at. */
  readonly places: Int32Array
}

const fewestShare = 0.95
const nearlyAll = 0.999
/** Amounts that may be left over, and how rare each may be. */
const mostAmounts = 20
const rarestAmount = 0.003

/** The strongest form in which these terms give the label on the given rows, or null. */
export function proveFormula(terms: readonly Term[], rows: FormulaRows): ProvedFormula | null {
  const { label, places, scale } = rows
  const values = terms.map((term) => Float64Array.from(places, (row) => term.of(row)))
  const own = Float64Array.from(places, (row) => label[row] ?? Number.NaN)
  const whole = Int32Array.from(Array.from(places.keys()).filter((at) => Number.isFinite(own[at]) && values.every((term) => Number.isFinite(term[at]))))
  if (whole.length < places.length / 2 || whole.length < 20) return null
  const fitted = fitTrimmed(own, values, whole)
  if (fitted === null) return null
  const found = [...fitted.trimmed, fitted.plain].flatMap((formula) => [snapped(formula, scale), formula])
  const judged = found.map((formula) => judge({ formula, own, values, whole, scale }))
  const best = judged.reduce((one, other) => (other.share > one.share ? other : one))
  const explained = explainedShare(own, values, { formula: fitted.plain, whole })
  const base = { terms, rows: whole.length, explained }
  if (best.share >= fewestShare) return { ...base, kind: 'exact', ...best, amounts: [] }
  const rest = restOf({ own, values, whole, scale }, fitted.plain)
  if (rest !== null) return { ...base, kind: 'rest', ...rest }
  return explained >= nearlyAll ? { ...base, kind: 'near', formula: fitted.plain, holds: best.holds, share: best.share, amounts: [] } : null
}

interface Fitting {
  readonly own: Float64Array
  readonly values: readonly Float64Array[]
  readonly whole: Int32Array
  readonly scale: LabelScale
}

/** Least squares on all rows, and on those that it fits best, again and again: some wrong rows do not bend it. */
function fitTrimmed(own: Float64Array, values: readonly Float64Array[], whole: Int32Array): { plain: LinearFormula; trimmed: LinearFormula[] } | null {
  const plain = leastSquares(own, values, whole)
  if (plain === null) return null
  let formula = plain
  for (let round = 0; round < 5; round++) {
    const off = Float64Array.from(whole, (at) => Math.abs((own[at] ?? 0) - formulaValue(formula, values, at)))
    const limit = off.toSorted()[Math.floor(whole.length * 0.85)] ?? 0
    const next = leastSquares(own, values, whole.filter((_, i) => (off[i] ?? 0) <= limit))
    if (next === null) break
    formula = next
  }
  return { plain, trimmed: formula === plain ? [] : [formula] }
}

function formulaValue({ constant, coefficients }: LinearFormula, values: readonly Float64Array[], at: number): number {
  return coefficients.reduce((sum, coefficient, i) => sum + coefficient * (values[i]?.[at] ?? 0), constant)
}

/** Coefficients near a round number become it, and a constant that hardly counts goes. */
function snapped({ constant, coefficients }: LinearFormula, { spread }: LabelScale): LinearFormula {
  return {
    constant: Math.abs(constant) < 1e-4 * spread ? 0 : roundNear(constant, 1e-6),
    coefficients: coefficients.map((value) => roundNear(value, 1e-3)),
  }
}

/** The nearest number of few digits, where it is as near as this share of the value. */
function roundNear(value: number, share: number): number {
  for (let digits = 1; digits <= 6; digits++) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.abs(rounded - value) <= Math.abs(value) * share) return rounded
  }
  return value
}

interface Judged {
  readonly formula: LinearFormula
  readonly holds: number
  readonly share: number
}

/** On how many rows the formula holds; where one value is that of most rows, the others have to hold too. */
function judge({ formula, own, values, whole, scale }: Fitting & { readonly formula: LinearFormula }): Judged {
  const right = (at: number): boolean => Math.abs((own[at] ?? 0) - formulaValue(formula, values, at)) <= scale.tolerance
  const holds = whole.filter(right).length
  return { formula, holds, share: Math.min(holds / whole.length, scale.lopsided ? otherShare(whole, { own, scale }, right) : 1) }
}

function otherShare(whole: Int32Array, { own, scale }: Pick<Fitting, 'own' | 'scale'>, right: (at: number) => boolean): number {
  const others = whole.filter((at) => own[at] !== scale.mode)
  return others.length === 0 ? 0 : others.filter(right).length / others.length
}

/** A plain sum or difference that leaves one of a few amounts over, where the label itself has many values. */
function restOf({ own, values, whole, scale }: Fitting, { coefficients }: LinearFormula): (Judged & { readonly amounts: number[] }) | null {
  if (coefficients.some((value) => Math.abs(Math.abs(value) - 1) > 0.35)) return null
  const signs = coefficients.map((value) => Math.sign(value))
  const formula = { constant: 0, coefficients: signs }
  const { unit } = scale
  const amountOf = (at: number): number => Math.round(((own[at] ?? 0) - formulaValue(formula, values, at)) / unit)
  const amounts = frequent(whole, amountOf)
  const right = (at: number): boolean => amounts.has(amountOf(at))
  const holds = whole.filter(right).length
  const share = Math.min(holds / whole.length, scale.lopsided ? otherShare(whole, { own, scale }, right) : 1)
  // A label that has few values itself leaves few amounts over whatever is taken from it.
  const alone = frequent(whole, (at) => Math.round((own[at] ?? 0) / unit))
  const covered = whole.filter((at) => alone.has(Math.round((own[at] ?? 0) / unit))).length / whole.length
  if (share < fewestShare || covered > share / 2) return null
  return { formula, holds, share, amounts: [...amounts].map((amount) => Number((amount * unit).toPrecision(8))) }
}

/** The most frequent amounts, the most frequent first. */
function frequent(whole: Int32Array, amountOf: (at: number) => number): Set<number> {
  const counts = new Map<number, number>()
  for (const at of whole) counts.set(amountOf(at), (counts.get(amountOf(at)) ?? 0) + 1)
  const ranked = [...counts].filter(([, rows]) => rows >= whole.length * rarestAmount).sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return new Set(ranked.slice(0, mostAmounts).map(([amount]) => amount))
}

function explainedShare(own: Float64Array, values: readonly Float64Array[], { formula, whole }: { formula: LinearFormula; whole: Int32Array }): number {
  let mean = 0
  for (const at of whole) mean += (own[at] ?? 0) / whole.length
  let [missed, spread] = [0, 0]
  for (const at of whole) {
    missed += ((own[at] ?? 0) - formulaValue(formula, values, at)) ** 2
    spread += ((own[at] ?? 0) - mean) ** 2
  }
  return spread === 0 ? 0 : 1 - missed / spread
}
