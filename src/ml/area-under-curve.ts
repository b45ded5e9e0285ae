/** Rows ordered by score, worked out once so that many weightings can be measured. */
export interface RankedScores {
  /** Rows in ascending order of score. */
  readonly order: Int32Array
  /** For each position in the order: 1 where the score equals that of the position before. */
  readonly tied: Uint8Array
  /** For each position in the order: 1 where the row is positive. */
  readonly positive: Uint8Array
}

/** Orders the scores; `isPositive` says which rows are of the positive class. */
export function rankScores(scores: Float64Array, isPositive: (row: number) => boolean): RankedScores {
  const order = orderOfScores(scores)
  const tied = new Uint8Array(order.length)
  const positive = new Uint8Array(order.length)
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number
    if (i > 0 && scores[row] === scores[order[i - 1] as number]) tied[i] = 1
    if (isPositive(row)) positive[i] = 1
  }
  return { order, tied, positive }
}

/** Area under the ROC curve with ties counted half (Mann-Whitney); undefined where only one class has weight. */
export function areaUnderCurve(ranked: RankedScores, weights?: ArrayLike<number>): number | undefined {
  const { order, tied, positive } = ranked
  let below = 0
  let wins = 0
  let positives = 0
  let negatives = 0
  let tiedPositives = 0
  let tiedNegatives = 0
  for (let i = 0; i <= order.length; i++) {
    if (i === order.length || tied[i] === 0) {
      wins += tiedPositives * (below + tiedNegatives / 2)
      below += tiedNegatives
      tiedPositives = 0
      tiedNegatives = 0
    }
    if (i === order.length) break
    const weight = weights ? (weights[order[i] as number] as number) : 1
    if (positive[i] === 1) {
      tiedPositives += weight
      positives += weight
    } else {
      tiedNegatives += weight
      negatives += weight
    }
  }
  return positives > 0 && negatives > 0 ? wins / (positives * negatives) : undefined
}

/** Rows in ascending order of value; equal values keep the order of the rows. */
export function orderOfScores(scores: Float64Array): Int32Array {
  const order = new Int32Array(scores.length)
  for (let i = 0; i < order.length; i++) order[i] = i
  return order.sort((a, b) => (scores[a] as number) - (scores[b] as number) || a - b)
}
