/** Where packed gradients are added up: slot k of a block holds code c at 256 k + c. */
export interface RowSums {
  /** Codes of the first four features, by row. */
  readonly first: Int32Array
  /** Codes of the next four; not read where a block has no more than four. */
  readonly second: Int32Array
  /** Packed gradient and hessian, by row. */
  readonly packed: Float64Array
  /** Rows, by position. */
  readonly order: Int32Array
  readonly sums: Float64Array
}

/** Features that fit a block. */
export const BLOCK_WIDTH = 8

/** Adds the rows at the given positions to the sums of up to eight features; the kernel in which most time is spent. */
export function addRows(rows: RowSums, features: number, range: readonly [number, number]): void {
  if (features > 6) addEight(rows, range[0], range[1])
  else if (features > 4) addSix(rows, range[0], range[1])
  else if (features > 2) addFour(rows, range[0], range[1])
  else addTwo(rows, range[0], range[1])
}

function addEight({ first, second, packed, order, sums }: RowSums, from: number, to: number): void {
  for (let j = from; j < to; j++) {
    const row = order[j] as number
    const value = packed[row] as number
    const low = first[row] as number
    const high = second[row] as number
    add(sums, low & 255, value)
    add(sums, 256 | ((low >> 8) & 255), value)
    add(sums, 512 | ((low >> 16) & 255), value)
    add(sums, 768 | (low >>> 24), value)
    add(sums, 1024 | (high & 255), value)
    add(sums, 1280 | ((high >> 8) & 255), value)
    add(sums, 1536 | ((high >> 16) & 255), value)
    add(sums, 1792 | (high >>> 24), value)
  }
}

function addSix({ first, second, packed, order, sums }: RowSums, from: number, to: number): void {
  for (let j = from; j < to; j++) {
    const row = order[j] as number
    const value = packed[row] as number
    const low = first[row] as number
    const high = second[row] as number
    add(sums, low & 255, value)
    add(sums, 256 | ((low >> 8) & 255), value)
    add(sums, 512 | ((low >> 16) & 255), value)
    add(sums, 768 | (low >>> 24), value)
    add(sums, 1024 | (high & 255), value)
    add(sums, 1280 | ((high >> 8) & 255), value)
  }
}

function addFour({ first, packed, order, sums }: RowSums, from: number, to: number): void {
  for (let j = from; j < to; j++) {
    const row = order[j] as number
    const value = packed[row] as number
    const codes = first[row] as number
    add(sums, codes & 255, value)
    add(sums, 256 | ((codes >> 8) & 255), value)
    add(sums, 512 | ((codes >> 16) & 255), value)
    add(sums, 768 | (codes >>> 24), value)
  }
}

function addTwo({ first, packed, order, sums }: RowSums, from: number, to: number): void {
  for (let j = from; j < to; j++) {
    const row = order[j] as number
    const value = packed[row] as number
    const codes = first[row] as number
    add(sums, codes & 255, value)
    add(sums, 256 | ((codes >> 8) & 255), value)
  }
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] as number) + value
}
