import type { Term } from './formula-terms.ts'
import type { FormulaRows } from './prove-formula.ts'

/** Formulas of each kind that are worth a closer look. */
const mostOfEach = 25
/** Terms of which pairs are made. */
const mostPaired = 160
const fewestExplained = 0.9

interface Ranking extends FormulaRows {
  /** How many of the first terms are single columns: of these, sums of three are looked at as well. */
  readonly singles: number
}

interface Ranked {
  readonly terms: readonly Term[]
  readonly explained: number
}

/** The single terms, pairs, and threes of columns that explain the label best in a straight formula. */
export function rankFormulas(terms: readonly Term[], ranking: Ranking): Term[][] {
  const standard = terms.map((term) => standardised(Float64Array.from(ranking.places, (row) => term.of(row))))
  const label = standardised(Float64Array.from(ranking.places, (row) => ranking.label[row] ?? Number.NaN))
  if (label === null) return []
  const usable = terms.flatMap((term, i) => {
    const values = standard[i] ?? null
    return values === null ? [] : [{ term, values, own: dot(values, label), single: i < ranking.singles }]
  })
  const alone = usable.map(({ term, own }): Ranked => ({ terms: [term], explained: own * own }))
  const telling = usable.toSorted((a, b) => Number(b.single) - Number(a.single) || b.own * b.own - a.own * a.own).slice(0, mostPaired)
  const between = telling.map((one) => telling.map((other) => dot(one.values, other.values)))
  const pairs: Ranked[] = []
  const threes: Ranked[] = []
  for (const [i, a] of telling.entries()) {
    for (let j = i + 1; j < telling.length; j++) {
      const b = telling[j]
      if (b === undefined) continue
      pairs.push({ terms: [a.term, b.term], explained: ofTwo(a.own, b.own, between[i]?.[j] ?? 0) })
      if (!a.single || !b.single) continue
      for (let k = j + 1; k < telling.length && telling[k]?.single === true; k++) {
        const c = telling[k]
        if (c === undefined) continue
        threes.push({ terms: [a.term, b.term, c.term], explained: ofThree([a.own, b.own, c.own], [between[i]?.[j] ?? 0, between[i]?.[k] ?? 0, between[j]?.[k] ?? 0]) })
      }
    }
  }
  return [alone, pairs, threes].flatMap((some) => best(some).map((one) => [...one.terms]))
}

function best(ranked: readonly Ranked[]): Ranked[] {
  const telling = ranked.filter(({ explained }) => explained >= fewestExplained)
  return telling.sort((a, b) => b.explained - a.explained || a.terms.length - b.terms.length).slice(0, mostOfEach)
}

/** Values with mean 0 and length 1; missing ones count as the mean. Null where they hardly vary or are mostly missing. */
function standardised(values: Float64Array): Float64Array | null {
  let [sum, rows] = [0, 0]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    sum += value
    rows++
  }
  if (rows < values.length / 2) return null
  const mean = sum / rows
  const centred = values.map((value) => (Number.isFinite(value) ? value - mean : 0))
  const length = Math.sqrt(dot(centred, centred))
  return length > 1e-12 * Math.abs(mean) * Math.sqrt(rows) ? centred.map((value) => value / length) : null
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

/** The share of the variance that two terms explain, from their correlations. */
function ofTwo(a: number, b: number, between: number): number {
  const left = 1 - between * between
  return left < 1e-8 ? 0 : Math.min(1, (a * a + b * b - 2 * a * b * between) / left)
}

/** The same of three, by solving for their weights. */
function ofThree([a, b, c]: readonly [number, number, number], [ab, ac, bc]: readonly [number, number, number]): number {
  const determinant = 1 + 2 * ab * ac * bc - ab * ab - ac * ac - bc * bc
  if (determinant < 1e-8) return 0
  const first = a * (1 - bc * bc) + b * (ac * bc - ab) + c * (ab * bc - ac)
  const second = a * (ac * bc - ab) + b * (1 - ac * ac) + c * (ab * ac - bc)
  const third = a * (ab * bc - ac) + b * (ab * ac - bc) + c * (1 - ab * ab)
  return Math.min(1, (a * first + b * second + c * third) / determinant)
}
