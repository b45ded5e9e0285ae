/** A change of one curve: values[q] is added to the bins after ends[q - 1] up to and including ends[q]. */
export interface Step {
  pieces: number
  readonly ends: Int32Array
  readonly values: Float64Array
}

/** An empty step with room for one piece a bin. */
export function emptyStep(mostBins: number): Step {
  return { pieces: 0, ends: new Int32Array(mostBins), values: new Float64Array(mostBins) }
}

/** Adds a step to a curve. */
export function addStep(step: Step, curve: Float64Array): void {
  let bin = 0
  for (let q = 0; q < step.pieces; q++) {
    const end = step.ends[q] as number
    const value = step.values[q] as number
    for (; bin <= end; bin++) curve[bin] = (curve[bin] as number) + value
  }
}
