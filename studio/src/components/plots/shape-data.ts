import { type Domain, domainOf } from '#studio/lib/scales.ts'

/** One step of a curve: a range of numbers (null is open), what it adds to the score, and the rows it rests on. */
export interface ShapeStep {
  readonly from: number | null
  readonly to: number | null
  readonly score: number
  /** Ends of the 95 % band; null where the model has none. */
  readonly low: number | null
  readonly high: number | null
  /** Not a number where it is not known. */
  readonly rows: number
}

/** One bar of a nominal term: the levels that share a score. */
export interface ShapeLevel {
  readonly levels: readonly string[]
  readonly score: number
  readonly low: number | null
  readonly high: number | null
  readonly rows: number
}

/** What stands apart from the order: missing values, levels that the model does not know. */
export interface ApartSlot {
  readonly name: 'missing' | 'unseen'
  readonly score: number
  readonly rows: number
}

/** What the score is measured in: log-odds have odds at the right, logarithms factors, values only themselves. */
export type ScoreScale = 'log-odds' | 'log' | 'value'

/** Fewer rows than this are hatched: there the curve is a guess. */
export const fewRows = 25

/** Where the numbers of a term lie. Open ends are given the width of the step beside them. */
export function stepDomain(steps: readonly ShapeStep[]): Domain {
  const edges = steps.flatMap(({ from, to }) => [from, to]).filter((edge) => edge !== null)
  const first = Math.min(...edges)
  const last = Math.max(...edges)
  if (edges.length === 0) return { low: 0, high: 1 }
  if (first === last) return { low: first - 1, high: last + 1 }
  const inner = steps.flatMap(({ from, to }) => (from !== null && to !== null ? [to - from] : [])).sort((a, b) => a - b)
  const usual = inner[Math.floor(inner.length / 2)] ?? last - first
  const room = Math.min(usual, (last - first) / 10)
  return { low: steps.some(({ from }) => from === null) ? first - room : first, high: steps.some(({ to }) => to === null) ? last + room : last }
}

/** The ends of a step inside a domain. */
export function endsOf({ from, to }: ShapeStep, { low, high }: Domain): readonly [number, number] {
  return [from ?? low, to ?? high]
}

/** The range of scores that all terms of a model are drawn in: all scores, with room for a part of the bands; what of a band goes beyond is cut. */
export function scoreDomain(terms: readonly { readonly score: number }[]): Domain {
  return domainOf(terms.map(({ score }) => score), { zero: true, margin: 0.14 })
}

/** Rows over equal ranges: a step gives its rows evenly to the ranges that it covers. */
export function spreadRows(steps: readonly ShapeStep[], domain: Domain, count = 40): number[] {
  const bins = new Array<number>(count).fill(0)
  const wide = (domain.high - domain.low) / count
  for (const step of steps) {
    const [from, to] = endsOf(step, domain)
    if (!(to > from) || Number.isNaN(step.rows)) continue
    const [first, last] = [Math.max(0, Math.floor((from - domain.low) / wide)), Math.min(count - 1, Math.ceil((to - domain.low) / wide) - 1)]
    for (let bin = first; bin <= last; bin++) {
      const within = Math.min(to, domain.low + (bin + 1) * wide) - Math.max(from, domain.low + bin * wide)
      bins[bin] = (bins[bin] ?? 0) + (step.rows * Math.max(0, within)) / (to - from)
    }
  }
  return bins
}

/** Odds at the right of log-odds: ×½, ×2, ×4 and so on, as many as there is room for. */
export function factorTicks({ low, high }: Domain): readonly { readonly at: number; readonly text: string }[] {
  const doublings = (high - low) / Math.LN2
  if (doublings > 12) return decades({ low, high })
  const each = doublings > 6 ? 2 : 1
  const [first, last] = [Math.ceil(low / Math.LN2 / each - 1e-9), Math.floor(high / Math.LN2 / each + 1e-9)]
  if (last - first < 2) return smallFactors.filter(({ at }) => at >= low && at <= high)
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * each).map((power) => ({ at: power * Math.LN2, text: factorText(power) }))
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function decades({ low, high }: Domain): { readonly at: number; readonly text: string }[] {
  const each = Math.ceil((high - low) / Math.LN10 / 5)
  const [first, last] = [Math.ceil(low / Math.LN10 / each), Math.floor(high / Math.LN10 / each)]
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * each).map((power) => ({ at: power * Math.LN10, text: power === 0 ? '×1' : `×10${power < 0 ? '⁻' : ''}${[...String(Math.abs(power))].map((digit) => raised[Number(digit)]).join('')}` }))
}

const smallFactors = [0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.25].map((factor) => ({ at: Math.log(factor), text: `×${factor}` }))

function factorText(power: number): string {
  if (power >= 0) return `×${2 ** power}`
  return power === -1 ? '×½' : power === -2 ? '×¼' : `×1/${2 ** -power}`
}
