import { quantileOfSorted } from './quantile.ts'
import { seededRandom } from './random.ts'

/** The bags put together, each array by cell. */
export interface AveragedScores {
  readonly scores: Float64Array
  /** Standard deviation over the bags. */
  readonly deviation: Float64Array
  /** Ends of the 95 % band. */
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** How the bags of a fit are resampled for bands: by draw and bag, how often the bag was drawn less one. */
export type BagDraws = readonly Float64Array[]

const DRAWS = 200

/** Draws the bags with replacement. */
export function drawBags(bags: number, seed: number): BagDraws {
  const random = seededRandom(seed, bags, 0xba9d)
  return Array.from({ length: DRAWS }, () => {
    const counts = new Float64Array(bags).fill(-1)
    for (let i = 0; i < bags; i++) {
      const bag = random.below(bags)
      counts[bag] = (counts[bag] as number) + 1
    }
    return counts
  })
}

/**
 * Averages the scores of the bags, by bag and cell. The band is the percentile bootstrap over bags, widened: bags
 * share most of their rows, and a mean over bags that each leave out the share v of the rows varies over samples
 * sqrt(B (1 - v) / v) times as much as over resamples of its B bags (delete-d jackknife, Shao and Wu 1989).
 */
export function averageBags(bags: readonly Float64Array[], draws: BagDraws, heldOutShare: number): AveragedScores {
  const cells = bags[0]?.length ?? 0
  const result = {
    scores: new Float64Array(cells),
    deviation: new Float64Array(cells),
    lower: new Float64Array(cells),
    upper: new Float64Array(cells),
  }
  const values = new Float64Array(bags.length)
  const band = bandFinder(draws, bags.length, heldOutShare)
  for (let cell = 0; cell < cells; cell++) {
    for (let bag = 0; bag < bags.length; bag++) values[bag] = (bags[bag] as Float64Array)[cell] as number
    const mean = meanOf(values)
    let squares = 0
    for (const value of values) squares += (value - mean) ** 2
    const [below, above] = squares === 0 ? [0, 0] : band(values)
    result.scores[cell] = mean
    result.deviation[cell] = Math.sqrt(squares / bags.length)
    result.lower[cell] = mean + below
    result.upper[cell] = mean + above
  }
  return result
}

/** Mean and 95 % interval of one number of each bag. */
export function averageNumber(values: Float64Array, draws: BagDraws, heldOutShare: number): [number, number] {
  const [below, above] = bandFinder(draws, values.length, heldOutShare)(values)
  const mean = meanOf(values)
  return [mean + below, mean + above]
}

function bandFinder(draws: BagDraws, bags: number, heldOutShare: number): (values: Float64Array) => [number, number] {
  const widening = Math.sqrt((bags * (1 - heldOutShare)) / heldOutShare)
  const drawn = new Float64Array(draws.length)
  return (values) => {
    for (const [d, counts] of draws.entries()) {
      let sum = 0
      for (let bag = 0; bag < bags; bag++) sum += (counts[bag] as number) * (values[bag] as number)
      drawn[d] = (sum / bags) * widening
    }
    drawn.sort()
    return [quantileOfSorted(drawn, 0.025), quantileOfSorted(drawn, 0.975)]
  }
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return values.length === 0 ? 0 : sum / values.length
}
