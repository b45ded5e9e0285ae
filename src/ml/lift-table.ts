import { equalCountBins } from './equal-count-bins.ts'
import { wilsonInterval } from './reliability.ts'

/** Rows of similar probability, and all that are at least as likely. */
export interface LiftBin {
  readonly rows: number
  readonly lowestProbability: number
  readonly positives: number
  /** Share of positives, with Wilson's 95 % interval. */
  readonly rate: { readonly value: number; readonly low: number; readonly high: number }
  /** The rate as a multiple of that of all rows; null where no row is positive. */
  readonly lift: number | null
  /** Share of all rows in this bin and those before it. */
  readonly rowShare: number
  /** Share of all positives in them: what is gained by going so far. */
  readonly gain: number | null
  /** Their rate as a multiple of that of all rows. */
  readonly cumulativeLift: number | null
}

/** About ten equally large bins, the likeliest first; rows of one probability are never torn apart. */
export function liftTable(codes: Int32Array, probability: Float64Array, bins = 10): LiftBin[] {
  const rows = codes.length
  const positives = countPositives(codes, codes.keys())
  const found: LiftBin[] = []
  let passed = 0
  let hits = 0
  for (const members of equalCountBins(probability.map((p) => -p), bins)) {
    const own = countPositives(codes, members)
    passed += members.length
    hits += own
    const multiple = (count: number, of: number): number | null =>
      positives === 0 ? null : count / of / (positives / rows)
    found.push({
      rows: members.length,
      lowestProbability: probability[members.at(-1) ?? 0] as number,
      positives: own,
      rate: { value: own / members.length, ...wilsonInterval(own, members.length) },
      lift: multiple(own, members.length),
      rowShare: passed / rows,
      gain: positives === 0 ? null : hits / positives,
      cumulativeLift: multiple(hits, passed),
    })
  }
  return found
}

function countPositives(codes: Int32Array, rows: Iterable<number>): number {
  let positives = 0
  for (const row of rows) positives += codes[row] === 1 ? 1 : 0
  return positives
}
