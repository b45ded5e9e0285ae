/** Distinct values with the number of rows of each, ascending. */
export interface ValueCounts {
  readonly values: Float64Array
  readonly counts: Float64Array
}

/** Places of the table of values seen; a power of two well above the values that it may hold. */
const PLACES = 1024

/**
 * The distinct finite values of a column, or undefined where there are more than `most` (at most 255). Open addressing
 * with a multiplicative hash: most columns of whole numbers need no sort of all their rows.
 */
export function fewDistinct(values: Float64Array, most: number): ValueCounts | undefined {
  const keys = new Float64Array(PLACES).fill(Number.NaN)
  const counts = new Float64Array(PLACES)
  let found = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value - value !== 0) continue
    let place = Math.imul((value * 1021.7) | 0, 0x9e3779b1) >>> 22
    while (keys[place] !== value && !Number.isNaN(keys[place])) place = (place + 1) & (PLACES - 1)
    if (keys[place] !== value) {
      if (found === most) return undefined
      found++
      keys[place] = value
    }
    counts[place] = (counts[place] as number) + 1
  }
  const places = Array.from(keys.keys()).filter((place) => (counts[place] as number) > 0)
  places.sort((a, b) => (keys[a] as number) - (keys[b] as number))
  return {
    values: Float64Array.from(places, (place) => keys[place] as number),
    counts: Float64Array.from(places, (place) => counts[place] as number),
  }
}
