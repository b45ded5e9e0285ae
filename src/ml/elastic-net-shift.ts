/**
 * Moves the coefficients that the classes have for one column by the same amount each, in place, to where their penalty
 * is least. No probability changes; but steps that see each class by itself get there only slowly (Friedman, Hastie and
 * Tibshirani 2010, section 4.1). The point holds them class by class, `width` apart; intercepts stay.
 */
export function shiftClasses(point: Float64Array, width: number, l1Ratio: number): void {
  const classes = point.length / width
  const values = new Float64Array(classes)
  for (let j = 1; j < width; j++) {
    for (let k = 0; k < classes; k++) values[k] = point[k * width + j] as number
    const shift = leastShift(values.sort(), l1Ratio)
    if (shift === 0) continue
    for (let k = 0; k < classes; k++) point[k * width + j] = (point[k * width + j] as number) - shift
  }
}

/** Minimum of the sum of l1Ratio |b - c| + (1 - l1Ratio) / 2 (b - c)^2 over c, for ascending b. */
function leastShift(values: Float64Array, l1Ratio: number): number {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  for (let below = 0; below <= count; below++) {
    const low = below === 0 ? Number.NEGATIVE_INFINITY : (values[below - 1] as number)
    const high = below === count ? Number.POSITIVE_INFINITY : (values[below] as number)
    // Slope inside the interval; the first interval that does not end downhill has the minimum.
    const slopeAt = (c: number): number => l1Ratio * (2 * below - count) + (1 - l1Ratio) * count * (c - mean)
    if (below < count && slopeAt(high) < 0) continue
    if (below > 0 && slopeAt(low) >= 0) return low
    return mean - (l1Ratio * (2 * below - count)) / ((1 - l1Ratio) * count)
  }
  return mean
}
