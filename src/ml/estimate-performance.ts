import { orderOfScores } from './area-under-curve.ts'
import { log } from './logarithm.ts'
import { type MetricName, clipProbability } from './metrics.ts'
import type { BinaryPrediction, MulticlassPrediction, Prediction } from './prediction.ts'

/** What a measure is expected to be, and where it would lie in 95 of 100 cases, once the labels are known. */
export interface ExpectedMetric {
  readonly value: number
  readonly low: number
  readonly high: number
}

export type ExpectedMetrics = Partial<Record<MetricName, ExpectedMetric>>

const z = 1.959963984540054

/**
 * Expects the measures of rows whose labels are not known, by taking each probability at its word: so often the label is that
 * class. It is right where the model is still calibrated; that the world behind the columns has changed it cannot see. Null for
 * numbers, of which nothing says how far off they are.
 */
export function estimatePerformance(prediction: Prediction, threshold: number): ExpectedMetrics | null {
  if (prediction.task === 'regression') return null
  return prediction.task === 'binary' ? expectBinary(prediction, threshold) : expectMulticlass(prediction)
}

function expectBinary({ probability, score }: BinaryPrediction, threshold: number): ExpectedMetrics {
  const { length } = probability
  if (length === 0) return {}
  const [right, squared, surprise] = [moments(), moments(), moments()]
  for (const p of probability) {
    const q = clipProbability(p)
    right.add({ chance: p >= threshold ? p : 1 - p, yes: 1, no: 0 })
    squared.add({ chance: p, yes: (1 - p) * (1 - p), no: p * p })
    surprise.add({ chance: p, yes: -log(q), no: -log(1 - q) })
  }
  const auc = expectArea(score, probability)
  return { ...(auc === null ? {} : { auc }), logLoss: surprise.expected(), accuracy: right.expected(), brier: squared.expected() }
}

function expectMulticlass({ probabilities }: MulticlassPrediction): ExpectedMetrics {
  const rows = probabilities[0]?.length ?? 0
  if (rows === 0) return {}
  const [right, squared, surprise] = [moments(), moments(), moments()]
  for (let row = 0; row < rows; row++) {
    const shares = probabilities.map((values) => values[row] as number)
    const squares = shares.reduce((sum, p) => sum + p * p, 0)
    right.add({ chance: Math.max(...shares), yes: 1, no: 0 })
    squared.addMany(shares, shares.map((p) => squares - 2 * p + 1))
    surprise.addMany(shares, shares.map((p) => -log(clipProbability(p))))
  }
  return { logLoss: surprise.expected(), accuracy: right.expected(), brier: squared.expected() }
}

interface Either {
  readonly chance: number
  readonly yes: number
  readonly no: number
}

/** Mean and spread of a sum of independent parts, each of a few values with their chances. */
function moments() {
  let [rows, mean, variance] = [0, 0, 0]
  function addMany(chances: readonly number[], values: readonly number[]): void {
    const expected = chances.reduce((sum, chance, k) => sum + chance * (values[k] as number), 0)
    rows++
    mean += expected
    variance += chances.reduce((sum, chance, k) => sum + chance * ((values[k] as number) - expected) ** 2, 0)
  }
  return {
    addMany,
    add({ chance, yes, no }: Either): void {
      rows++
      mean += chance * yes + (1 - chance) * no
      variance += chance * (1 - chance) * (yes - no) * (yes - no)
    },
    expected(): ExpectedMetric {
      const half = (z * Math.sqrt(variance)) / rows
      return { value: mean / rows, low: mean / rows - half, high: mean / rows + half }
    },
  }
}

/** Chance that of two rows of different labels the positive one has the larger score, ties counted half; spread after Hanley and McNeil (1982). */
function expectArea(score: Float64Array, probability: Float64Array): ExpectedMetric | null {
  const order = orderOfScores(score)
  let [below, wins, positives] = [0, 0, 0]
  for (let from = 0; from < order.length; ) {
    let [to, yes, no] = [from, 0, 0]
    for (; to < order.length && score[order[to] as number] === score[order[from] as number]; to++) {
      const p = probability[order[to] as number] as number
      yes += p
      no += 1 - p
    }
    wins += yes * (below + no / 2)
    below += no
    positives += yes
    from = to
  }
  if (positives <= 0 || below <= 0) return null
  const area = wins / (positives * below)
  const [one, two] = [area / (2 - area), (2 * area * area) / (1 + area)]
  const variance = (area * (1 - area) + (Math.max(1, positives) - 1) * (one - area * area) + (Math.max(1, below) - 1) * (two - area * area)) / (positives * below)
  const half = z * Math.sqrt(Math.max(0, variance))
  return { value: area, low: Math.max(0, area - half), high: Math.min(1, area + half) }
}
