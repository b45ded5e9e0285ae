/** A straight formula: the constant plus each coefficient times its term. */
export interface LinearFormula {
  readonly constant: number
  readonly coefficients: readonly number[]
}

/** The formula that fits best over the given places; null where the terms cannot be told apart. */
export function leastSquares(label: Float64Array, terms: readonly Float64Array[], places: Int32Array): LinearFormula | null {
  const size = terms.length
  const means = [label, ...terms].map((values) => meanAt(values, places))
  const [labelMean = 0, ...termMeans] = means
  const matrix = Array.from({ length: size }, () => new Float64Array(size + 1))
  for (const place of places) {
    const y = (label[place] ?? 0) - labelMean
    for (let i = 0; i < size; i++) {
      const x = (terms[i]?.[place] ?? 0) - (termMeans[i] ?? 0)
      const line = matrix[i]
      if (line === undefined) continue
      for (let j = i; j < size; j++) line[j] = (line[j] ?? 0) + x * ((terms[j]?.[place] ?? 0) - (termMeans[j] ?? 0))
      line[size] = (line[size] ?? 0) + x * y
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) (matrix[i] as Float64Array)[j] = matrix[j]?.[i] ?? 0
  const coefficients = solve(matrix)
  if (coefficients === null) return null
  const constant = coefficients.reduce((sum, one, i) => sum - one * (termMeans[i] ?? 0), labelMean)
  return { constant, coefficients }
}

function meanAt(values: Float64Array, places: Int32Array): number {
  let sum = 0
  for (const place of places) sum += values[place] ?? 0
  return sum / Math.max(1, places.length)
}

/** Solves a small symmetric system, its right side in the last column, after bringing the terms to one scale. */
function solve(matrix: readonly Float64Array[]): number[] | null {
  const size = matrix.length
  const scale = matrix.map((line, i) => Math.sqrt(line[i] ?? 0))
  if (scale.some((one) => !(one > 0))) return null
  const lines = matrix.map((line, i) => line.map((value, j) => value / (scale[i] ?? 1) / (j < size ? (scale[j] ?? 1) : 1)))
  for (let pivot = 0; pivot < size; pivot++) {
    const line = lines[pivot]
    const head = line?.[pivot] ?? 0
    if (line === undefined || head < 1e-10) return null
    for (const other of lines.slice(pivot + 1)) {
      const factor = (other[pivot] ?? 0) / head
      for (let j = pivot; j <= size; j++) other[j] = (other[j] ?? 0) - factor * (line[j] ?? 0)
    }
  }
  const found: number[] = []
  for (let i = size - 1; i >= 0; i--) {
    let value = lines[i]?.[size] ?? 0
    for (let j = i + 1; j < size; j++) value -= (lines[i]?.[j] ?? 0) * (found[j] ?? 0)
    found[i] = value / (lines[i]?.[i] ?? 1)
  }
  return found.map((value, i) => value / (scale[i] ?? 1))
}
