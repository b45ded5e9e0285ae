import { orderOfScores } from '#ml/area-under-curve'

/** What calling every row from `threshold` on leads to, on the test rows. */
export interface CurvePoint {
  readonly threshold: number
  readonly true_positive_rate: number
  readonly false_positive_rate: number
  readonly precision: number | null
}

const MOST_POINTS = 200

/** The points of the ROC and the precision-recall curve, from the highest threshold to the lowest, thinned evenly. */
export function curvePoints(codes: Int32Array, probability: Float64Array): CurvePoint[] {
  const order = orderOfScores(probability)
  const positives = codes.reduce((sum, code) => sum + code, 0)
  const negatives = codes.length - positives
  if (positives === 0 || negatives === 0) return []
  const points: CurvePoint[] = [{ threshold: 1, true_positive_rate: 0, false_positive_rate: 0, precision: null }]
  let hits = 0
  let alarms = 0
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i] ?? 0
    if (codes[row] === 1) hits++
    else alarms++
    const threshold = probability[row] ?? 0
    if (i > 0 && probability[order[i - 1] ?? 0] === threshold) continue
    points.push({
      threshold,
      true_positive_rate: hits / positives,
      false_positive_rate: alarms / negatives,
      precision: hits / (hits + alarms),
    })
  }
  return thin(points)
}

function thin(points: CurvePoint[]): CurvePoint[] {
  if (points.length <= MOST_POINTS) return points
  const last = points.length - 1
  return Array.from(
    { length: MOST_POINTS },
    (_, i) => points.slice(Math.round((i * last) / (MOST_POINTS - 1)))[0],
  ).filter((point) => point !== undefined)
}

/** Counts at one threshold. */
export interface ThresholdRow {
  readonly threshold: number
  readonly true_positives: number
  readonly false_positives: number
  readonly true_negatives: number
  readonly false_negatives: number
}

/** The table behind a threshold slider: counts at thresholds in equal steps, so many from 0 to 1 without the ends. */
export function thresholdTable(codes: Int32Array, probability: Float64Array, steps = 20): ThresholdRow[] {
  return Array.from({ length: steps - 1 }, (_, i) => {
    const threshold = (i + 1) / steps
    const counts = [0, 0, 0, 0]
    for (let row = 0; row < codes.length; row++) {
      const cell = (codes[row] === 1 ? 2 : 0) + ((probability[row] ?? 0) >= threshold ? 1 : 0)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
    const [trueNegatives = 0, falsePositives = 0, falseNegatives = 0, truePositives = 0] = counts
    return {
      threshold,
      true_positives: truePositives,
      false_positives: falsePositives,
      true_negatives: trueNegatives,
      false_negatives: falseNegatives,
    }
  })
}
