import { studentTQuantile } from './student-t.ts'

/** The bags put together, each array by cell. */
export interface AveragedScores {
  readonly scores: Float64Array
  /** Standard deviation over the bags. */
  readonly deviation: Float64Array
  /** Ends of the 95 % band. */
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** Averages the scores of the bags, by bag and cell; `heldOutShare` is the share of the rows that each bag leaves out. */
export function averageBags(bags: readonly Float64Array[], heldOutShare: number): AveragedScores {
  const cells = bags[0]?.length ?? 0
  const scores = new Float64Array(cells)
  const deviation = new Float64Array(cells)
  for (const bag of bags) for (let cell = 0; cell < cells; cell++) scores[cell] = (scores[cell] as number) + (bag[cell] as number)
  for (let cell = 0; cell < cells; cell++) scores[cell] = (scores[cell] as number) / bags.length
  for (const bag of bags) {
    for (let cell = 0; cell < cells; cell++) {
      deviation[cell] = (deviation[cell] as number) + ((bag[cell] as number) - (scores[cell] as number)) ** 2
    }
  }
  for (let cell = 0; cell < cells; cell++) deviation[cell] = Math.sqrt((deviation[cell] as number) / bags.length)
  const half = halfWidth(bags.length, heldOutShare)
  return {
    scores,
    deviation,
    lower: scores.map((score, cell) => score - half * (deviation[cell] as number)),
    upper: scores.map((score, cell) => score + half * (deviation[cell] as number)),
  }
}

/** Ends of the 95 % interval of a number that each bag has, around the number of their mean model. */
export function intervalOfBags(centre: number, bags: readonly number[], heldOutShare: number): [number, number] {
  const mean = bags.reduce((sum, value) => sum + value, 0) / bags.length
  const deviation = Math.sqrt(bags.reduce((sum, value) => sum + (value - mean) ** 2, 0) / bags.length)
  const half = halfWidth(bags.length, heldOutShare) * deviation
  return [centre - half, centre + half]
}

/**
 * Half of the band in standard deviations over the bags. The bootstrap over B bags has the standard error deviation /
 * sqrt(B) exactly (the ideal bootstrap, Efron and Tibshirani 1993, chapter 6). Bags share most of their rows: over
 * samples their mean varies sqrt(B (1 - v) / v) times as much, where each leaves out the share v (delete-d jackknife,
 * Shao and Wu 1989). Student's t instead of the normal quantile, because the bags are few.
 */
function halfWidth(bags: number, heldOutShare: number): number {
  if (bags < 2) return 0
  return studentTQuantile(0.975, bags - 1) * Math.sqrt((1 - heldOutShare) / heldOutShare)
}
