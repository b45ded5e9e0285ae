/** Bin of a finite number: the count of edges below it, so that bin i holds edges[i-1] < value <= edges[i]. */
export function placeNumber(edges: ArrayLike<number>, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value > (edges[middle] as number)) low = middle + 1
    else high = middle
  }
  return low
}

/** Reads a single value as a number; text that is no number and whatever is not finite is missing (NaN). */
export function readNumber(value: number | string | null): number {
  if (value === null) return Number.NaN
  const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : Number.NaN
}
