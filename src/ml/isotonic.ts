/** Blocks of neighbouring values that were pooled to one mean. */
interface Blocks {
  readonly means: Float64Array
  readonly weights: Float64Array
  /** Position behind the last value of each block. */
  readonly ends: Int32Array
  count: number
}

/**
 * Nearest non-decreasing sequence in weighted least squares (pool adjacent violators), written in place over
 * values[from..to). Values of weight zero count as tiny, so that they follow their neighbours.
 */
export function makeIncreasing(values: Float64Array, weights: ArrayLike<number>, from = 0): void {
  const size = values.length - from
  const blocks: Blocks = {
    means: new Float64Array(size),
    weights: new Float64Array(size),
    ends: new Int32Array(size),
    count: 0,
  }
  for (let i = from; i < values.length; i++) {
    pushBlock(blocks, values[i] as number, Math.max(weights[i] as number, 1e-9))
    blocks.ends[blocks.count - 1] = i + 1
    while (blocks.count > 1 && violates(blocks)) mergeLast(blocks)
  }
  let at = from
  for (let block = 0; block < blocks.count; block++) {
    while (at < (blocks.ends[block] as number)) values[at++] = blocks.means[block] as number
  }
}

/** The same for a non-increasing sequence. */
export function makeDecreasing(values: Float64Array, weights: ArrayLike<number>, from = 0): void {
  for (let i = from; i < values.length; i++) values[i] = -(values[i] as number)
  makeIncreasing(values, weights, from)
  for (let i = from; i < values.length; i++) values[i] = -(values[i] as number)
}

function pushBlock(blocks: Blocks, mean: number, weight: number): void {
  blocks.means[blocks.count] = mean
  blocks.weights[blocks.count] = weight
  blocks.count++
}

function violates({ means, count }: Blocks): boolean {
  return (means[count - 2] as number) > (means[count - 1] as number)
}

function mergeLast(blocks: Blocks): void {
  const last = blocks.count - 1
  const before = last - 1
  const weightLast = blocks.weights[last] as number
  const weightBefore = blocks.weights[before] as number
  const weight = weightLast + weightBefore
  const mean = ((blocks.means[before] as number) * weightBefore + (blocks.means[last] as number) * weightLast) / weight
  blocks.means[before] = mean
  blocks.weights[before] = weight
  blocks.ends[before] = blocks.ends[last] as number
  blocks.count = last
}
