/** Lower factor of a symmetrical positive matrix (row by row); a pivot that rounding made too small is lifted. */
export function factorCholesky(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size)
  let largest = 0
  for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i * size + i] as number)
  const smallest = Math.max(largest * 1e-14, 1e-300)
  for (let i = 0; i < size; i++) {
    const rowI = i * size
    for (let j = 0; j <= i; j++) {
      const rowJ = j * size
      let sum = matrix[rowI + j] as number
      for (let k = 0; k < j; k++) sum -= (factor[rowI + k] as number) * (factor[rowJ + k] as number)
      factor[rowI + j] = i === j ? Math.sqrt(Math.max(sum, smallest)) : sum / (factor[rowJ + j] as number)
    }
  }
  return factor
}

/** Solves factor x transposed factor x result = values, in place. */
export function solveCholesky(factor: Float64Array, values: Float64Array): void {
  const size = values.length
  for (let i = 0; i < size; i++) {
    let sum = values[i] as number
    for (let k = 0; k < i; k++) sum -= (factor[i * size + k] as number) * (values[k] as number)
    values[i] = sum / (factor[i * size + i] as number)
  }
  for (let i = size - 1; i >= 0; i--) {
    const value = (values[i] as number) / (factor[i * size + i] as number)
    values[i] = value
    for (let k = 0; k < i; k++) values[k] = (values[k] as number) - (factor[i * size + k] as number) * value
  }
}
