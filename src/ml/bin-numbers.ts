import { type FeatureBins, sharedCodes } from './feature-bins.ts'
import type { Direction } from './model.ts'
import { numberGrid, slotOfNumber } from './number-grid.ts'
import { chooseEdges, type EdgeSettings } from './numeric-edges.ts'
import type { NumericColumn } from './table.ts'

/** Bins a column of numbers: bin 0 is missing, the others follow the value. */
export function binNumbers(column: NumericColumn, settings: EdgeSettings, direction?: Direction): FeatureBins {
  const edges = chooseEdges(column.values, settings)
  const grid = numberGrid(edges)
  const codes = sharedCodes(column.values.length)
  for (let i = 0; i < codes.length; i++) codes[i] = slotOfNumber(grid, column.values[i] as number)
  const rule = { kind: 'numeric', edges, ...(direction ? { direction } : {}) } as const
  return { feature: column.name, rule, bins: edges.length + 2, codes }
}
