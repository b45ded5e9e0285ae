/** Lower factor of a symmetrical positive matrix (row by row); a pivot that rounding made too small is lifted. */
export function factorCholesky(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size)
  let largest = 0
  for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i * size + i] as number)
  const smallest = Math.max(largest * 1e-14, 1e-300)
  const row = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    row.set(matrix.subarray(i * size, i * size + i + 1))
    for (let j = 0; j <= i; j++) {
      const start = j * size
      // Two sums need not wait for each other.
      let even = row[j] as number
      let odd = 0
      let k = 0
      for (; k + 1 < j; k += 2) {
        even -= (row[k] as number) * (factor[start + k] as number)
        odd -= (row[k + 1] as number) * (factor[start + k + 1] as number)
      }
      if (k < j) even -= (row[k] as number) * (factor[start + k] as number)
      const left = even + odd
      row[j] = i === j ? Math.sqrt(Math.max(left, smallest)) : left / (factor[start + j] as number)
      factor[i * size + j] = row[j] as number
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
