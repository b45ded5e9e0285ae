/** Pearson's correlation over the rows where both are numbers, summed in row order. */
export function correlationOf(a: Float64Array, b: Float64Array): { correlation: number; rows: number } {
  let rows = 0
  let meanA = 0
  let meanB = 0
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN]
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    rows++
    meanA += (x - meanA) / rows
    meanB += (y - meanB) / rows
  }
  let [both, squareA, squareB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN]
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    both += (x - meanA) * (y - meanB)
    squareA += (x - meanA) ** 2
    squareB += (y - meanB) ** 2
  }
  return { correlation: squareA > 0 && squareB > 0 ? both / Math.sqrt(squareA * squareB) : 0, rows }
}

/** Ranks of the values among the rows where `other` is a number too; ties get their middle, the rest is missing. */
export function ranksOf(values: Float64Array, other: Float64Array): Float64Array {
  const ranks = new Float64Array(values.length).fill(Number.NaN)
  const order: number[] = []
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i]) && Number.isFinite(other[i])) order.push(i)
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++
    for (let i = start; i < end; i++) ranks[order[i] ?? 0] = (start + end - 1) / 2
    start = end
  }
  return ranks
}
