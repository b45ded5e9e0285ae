import type { BoostedBags } from './boost-bags.ts'
import type { FitBagOutput } from './fit-bag.ts'

/** The bags put together, on the scale of the model. */
export interface AveragedCurves {
  /** Mean score by output and bin. */
  readonly scores: Float64Array
  /** Standard deviation over the bags, by output and bin. */
  readonly deviation: Float64Array
  /** Constant by output. */
  readonly intercepts: number[]
}

/** Averages the curves of the bags. */
export function averageBags({ bags, target }: BoostedBags): AveragedCurves {
  const scores = meanOf(bags, (bag) => bag.curves).map((value) => value * target.scale)
  const starts = meanOf(bags, (bag) => bag.start)
  const deviation = new Float64Array(scores.length)
  for (const { curves } of bags) {
    for (let i = 0; i < deviation.length; i++) {
      const off = (curves[i] as number) * target.scale - (scores[i] as number)
      deviation[i] = (deviation[i] as number) + (off * off) / bags.length
    }
  }
  return {
    scores,
    deviation: deviation.map(Math.sqrt),
    intercepts: Array.from(starts, (start) => start * target.scale + target.centre),
  }
}

function meanOf(bags: readonly FitBagOutput[], arrayOf: (bag: FitBagOutput) => Float64Array): Float64Array {
  const sums = new Float64Array(bags[0] ? arrayOf(bags[0]).length : 0)
  for (const bag of bags) {
    const values = arrayOf(bag)
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (values[i] as number)
  }
  return sums.map((sum) => sum / bags.length)
}
