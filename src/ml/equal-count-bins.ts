import { orderOfScores } from './area-under-curve.ts'

/** Divides rows into about equally many by a value, the lowest first; rows of one value are never torn apart. */
export function equalCountBins(values: Float64Array, bins: number): Int32Array[] {
  const order = orderOfScores(values)
  const made: Int32Array[] = []
  let start = 0
  while (start < order.length) {
    // Where equal values made a bin large, the next one ends at the next even border, not at the one it has passed.
    const border = Math.floor((start * bins) / order.length) + 1
    let end = Math.min(order.length, Math.max(start + 1, Math.ceil((border * order.length) / bins)))
    while (end < order.length && values[order[end] as number] === values[order[end - 1] as number]) end++
    made.push(order.slice(start, end))
    start = end
  }
  return made
}
