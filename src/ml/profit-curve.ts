import { orderOfScores } from './area-under-curve.ts'

/** What one row is worth by what it is and how it is called; a cost is negative. */
export interface PayOff {
  readonly truePositive: number
  readonly falsePositive: number
  readonly trueNegative: number
  readonly falseNegative: number
}

/** What calling every row positive from a probability on is worth. */
export interface ProfitPoint {
  /** Above every probability where none is called. */
  readonly threshold: number
  readonly called: number
  /** Share of all rows that is called. */
  readonly calledShare: number
  readonly profit: number
}

/** Profit by threshold, from calling none to calling all. */
export interface ProfitCurve {
  /** From the highest threshold to the lowest, thinned evenly. */
  readonly points: ProfitPoint[]
  /** The highest profit of all thresholds; of equals the fewest calls. */
  readonly best: ProfitPoint
}

const MOST_POINTS = 200

/** Works out the profit at every threshold (expected value of a decision, Provost and Fawcett 2013, chapter 8). */
export function profitCurve(codes: Int32Array, probability: Float64Array, payOff: PayOff): ProfitCurve {
  const rows = codes.length
  const order = orderOfScores(probability)
  let profit = 0
  for (const code of codes) profit += code === 1 ? payOff.falseNegative : payOff.trueNegative
  const points: ProfitPoint[] = [{ threshold: 1 + Number.EPSILON, called: 0, calledShare: 0, profit }]
  for (let i = rows - 1; i >= 0; i--) {
    const row = order[i] as number
    const positive = codes[row] === 1
    profit += positive ? payOff.truePositive - payOff.falseNegative : payOff.falsePositive - payOff.trueNegative
    const threshold = probability[row] as number
    if (i > 0 && probability[order[i - 1] as number] === threshold) continue
    points.push({ threshold, called: rows - i, calledShare: (rows - i) / rows, profit })
  }
  return { points: thin(points), best: points.reduce((best, point) => (point.profit > best.profit ? point : best)) }
}

function thin(points: readonly ProfitPoint[]): ProfitPoint[] {
  const count = Math.min(points.length, MOST_POINTS)
  const last = points.length - 1
  return Array.from({ length: count }, (_, i) => points[Math.round((i * last) / Math.max(1, count - 1))] as ProfitPoint)
}
