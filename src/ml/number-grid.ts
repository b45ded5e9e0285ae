/**
 * Edges with a guide that says where to look: the range of the edges is cut into cells of equal width, and `starts`
 * holds for each cell how many edges lie in cells before it. The cell of a number never falls as the number rises, also
 * after rounding, so all edges in cells before that of a value are below it and all in cells after it are above: the
 * answer lies between two neighbours of `starts`, whatever the rounding, and exact comparisons find it there.
 * (The guide table of Chen and Asau, "On generating random variates from an empirical distribution", 1974.)
 */
export interface NumberGrid {
  /** Ascending. */
  readonly edges: Float64Array
  /** The least edge. */
  readonly low: number
  readonly cellsPerUnit: number
  readonly lastCell: number
  /** One more than cells. */
  readonly starts: Int32Array
}

/** So many cells an edge: most cells then hold no edge, and most values are compared with none. */
const CELLS_PER_EDGE = 32
const MOST_CELLS = 1 << 13

/** Prepares ascending finite edges; equal ones may be repeated. */
export function numberGrid(ascending: ArrayLike<number>): NumberGrid {
  const edges = Float64Array.from(ascending)
  const cells = Math.max(1, Math.min(MOST_CELLS, CELLS_PER_EDGE * edges.length))
  const low = edges[0] ?? 0
  // Where the range is zero or beyond the doubles, all is put into the outer cells: slower, and as exact.
  const cellsPerUnit = cells / ((edges.at(-1) ?? 0) - low)
  const grid = { edges, low, cellsPerUnit, lastCell: cells - 1, starts: new Int32Array(cells + 1) }
  const { starts } = grid
  for (const edge of edges) {
    const next = cellOf(grid, edge) + 1
    starts[next] = (starts[next] as number) + 1
  }
  for (let cell = 1; cell <= cells; cell++) starts[cell] = (starts[cell] as number) + (starts[cell - 1] as number)
  return grid
}

function cellOf({ low, cellsPerUnit, lastCell }: NumberGrid, value: number): number {
  const at = (value - low) * cellsPerUnit
  return at > 0 ? (at < lastCell ? at | 0 : lastCell) : 0
}

/** Slot of a number: 0 where it is missing (not finite), else one more than the count of edges below it. */
export function slotOfNumber(grid: NumberGrid, value: number): number {
  // Infinity less infinity is no number, as NaN less NaN.
  if (value - value !== 0) return 0
  const { edges, starts } = grid
  const cell = cellOf(grid, value)
  let low = starts[cell] as number
  let high = starts[cell + 1] as number
  while (low < high) {
    const middle = (low + high) >> 1
    if (value > (edges[middle] as number)) low = middle + 1
    else high = middle
  }
  return low + 1
}

/** Writes the slots of the numbers from row `start` on, as many as `slots` takes. */
export function placeNumbers(grid: NumberGrid, values: Float64Array, { start, slots }: { readonly start: number; readonly slots: Int32Array }): void {
  for (let i = 0; i < slots.length; i++) slots[i] = slotOfNumber(grid, values[start + i] as number)
}
