/**
 * A small change of one term. By cell it is `values`; the same change is the sum over its corners of factor x [cell at
 * or before the corner], where before means on every side of a grid. A matrix whose rows are cumulated in that order
 * applies a change by its corners alone.
 */
export interface Change {
  /** Change by cell. */
  readonly values: Float64Array
  /** Cells in use: those of the term that the change is for. */
  cells: number
  /** What a grower multiplies its steps by. */
  pace: number
  readonly corners: Int32Array
  readonly factors: Float64Array
  count: number
}

/** An empty change that is written into the given values, one by cell of its term. */
export function emptyChange(values: Float64Array): Change {
  const room = Math.max(values.length, 8)
  return { values, cells: 0, pace: 1, corners: new Int32Array(room), factors: new Float64Array(room), count: 0 }
}

/** Adds a change to the scores of its term. */
export function addChange({ values, cells }: Change, scores: Float64Array): void {
  for (let cell = 0; cell < cells; cell++) scores[cell] = (scores[cell] as number) + (values[cell] as number)
}

/** Adds one corner. */
export function addCorner(change: Change, corner: number, factor: number): void {
  if (factor === 0) return
  change.corners[change.count] = corner
  change.factors[change.count] = factor
  change.count++
}

/** Works the corners of a change of a curve out of its values: one where two neighbours differ, and the last bin. */
export function cornersOfCurve(change: Change): void {
  const { values, cells } = change
  change.count = 0
  for (let bin = 0; bin < cells; bin++) {
    addCorner(change, bin, (values[bin] as number) - (bin + 1 < cells ? (values[bin + 1] as number) : 0))
  }
}
