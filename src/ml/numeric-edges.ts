/** How finely numbers are binned. */
export interface EdgeSettings {
  /** Up to this many distinct values each get a bin of their own. */
  readonly ownBins: number
  /** Quantile bins above that. */
  readonly quantileBins: number
}

/** More values than this are sampled at even steps before edges are sought. */
const SAMPLE = 100_000

/** Borders between observed values: each value its own bin, or quantile bins where heavy values keep their own. */
export function chooseEdges(values: Float64Array, settings: EdgeSettings): number[] {
  const sorted = sampleFinite(values).sort()
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++
  if (distinct > settings.ownBins) return quantileEdges(sorted, settings.quantileBins)
  const edges: number[] = []
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] !== sorted[i - 1]) edges.push(betweenValues(sorted[i - 1] as number, sorted[i] as number))
  }
  return edges
}

/** A number that is at least `low` and below `high`, midway where floating point allows. */
export function betweenValues(low: number, high: number): number {
  const sum = low + high
  const middle = Number.isFinite(sum) ? sum / 2 : low / 2 + high / 2
  return middle >= low && middle < high ? middle : low
}

function quantileEdges(sorted: Float64Array, bins: number): number[] {
  const edges: number[] = []
  let left = sorted.length
  let binsLeft = bins
  let target = left / binsLeft
  let filled = 0
  let start = 0
  while (start < sorted.length) {
    let end = start
    while (end < sorted.length && sorted[end] === sorted[start]) end++
    const count = end - start
    if (filled > 0 && filled + count / 2 > target) {
      edges.push(betweenValues(sorted[start - 1] as number, sorted[start] as number))
      left -= filled
      binsLeft--
      target = left / Math.max(1, binsLeft)
      filled = 0
    }
    filled += count
    start = end
  }
  return edges
}

function sampleFinite(values: Float64Array): Float64Array {
  const step = Math.max(1, values.length / SAMPLE)
  const sample = new Float64Array(Math.min(values.length, SAMPLE))
  let count = 0
  for (let i = 0; i < sample.length; i++) {
    const value = values[Math.floor(i * step)] as number
    if (Number.isFinite(value)) sample[count++] = value
  }
  return sample.subarray(0, count)
}
