import { type RowWeights, spreadOf, totalWeight } from './row-weights.ts'
import type { CategoryColumn, Column, NumericColumn, Table } from './table.ts'

/** A number as the linear model reads it: standardised, missing at the mean with an indicator of its own. */
export interface NumberEncoding {
  readonly kind: 'numeric'
  readonly feature: string
  readonly mean: number
  readonly scale: number
  readonly width: number
}

/** Levels as the linear model reads them: one column a level, the rare ones pooled, the missing one its own. */
export interface LevelEncoding {
  readonly kind: 'category'
  readonly feature: string
  readonly levels: string[]
  /** Column of each level, from 0 on. */
  readonly columnOfLevel: number[]
  /** Column of the missing value; -1 where training had none. */
  readonly missingColumn: number
  readonly width: number
}

/**
 * How one column of a table becomes columns of the linear model. Ordered levels are read as levels: their order does
 * not say how far they lie apart, and a penalised effect for each of them needs no such distance.
 */
export type LinearEncoding = NumberEncoding | LevelEncoding

/** Columns that all levels together should not exceed, because solving takes the cube of it; more where rows are many. */
const LEVEL_COLUMNS = [400, 1000] as const
const ROWS_PER_COLUMN = 20

/** Level columns that each column of a table may have in any case. */
const FEWEST = 3

/** Learns from training rows, all of a weight above zero, how each column is read; the target is not looked at. */
export function learnEncodings(table: Table, weights?: RowWeights): LinearEncoding[] {
  const rare = Math.max(table.rows, totalWeight(table.rows, weights)) < 1000 ? 3 : 10
  const seen = table.columns.map((column) => (column.kind === 'numeric' ? undefined : countLevels(column, weights)))
  const sizes = seen.flatMap((counts) => (counts ? [counts.filter((count) => count >= rare).length] : []))
  const most = shareOut(sizes, Math.min(LEVEL_COLUMNS[1], Math.max(LEVEL_COLUMNS[0], table.rows / ROWS_PER_COLUMN)))
  return table.columns.map((column, i) =>
    column.kind === 'numeric' ? learnNumbers(column, weights) : learnLevels(column, seen[i] ?? [], { most, rare }),
  )
}

/** Design column of each row inside its encoding; the width stands for a row whose columns are all zero. */
export function placeLevels(encoding: LevelEncoding, column: Column): Uint16Array {
  if (column.kind === 'numeric') throw new Error(`"${column.name}" holds numbers where levels were learnt`)
  const { width, missingColumn } = encoding
  const columnOf = new Map(encoding.levels.map((level, i) => [level, encoding.columnOfLevel[i] as number]))
  const placeOfCode = Uint16Array.from(column.levels, (level) => columnOf.get(level) ?? width)
  const missing = missingColumn < 0 ? width : missingColumn
  const places = new Uint16Array(column.codes.length)
  for (let i = 0; i < places.length; i++) {
    const code = column.codes[i] as number
    places[i] = code < 0 ? missing : (placeOfCode[code] ?? width)
  }
  return places
}

/** 0 where a number is missing, otherwise 1: the indicator column, and none. */
export function placeMissing(values: Float64Array): Uint16Array {
  const places = new Uint16Array(values.length)
  for (let i = 0; i < values.length; i++) places[i] = Number.isFinite(values[i]) ? 1 : 0
  return places
}

/** Standardised numbers; a missing one stands at the mean. */
export function standardise({ mean, scale }: NumberEncoding, values: Float64Array): Float64Array {
  const standardised = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    // Scaled before the subtraction, so that the difference of huge numbers does not overflow.
    if (Number.isFinite(value))
      standardised[i] = Math.abs(value) < 1e150 ? (value - mean) / scale : value / scale - mean / scale
  }
  return standardised
}

/** Largest number of levels by column at which all together stay within bounds. */
function shareOut(sizes: readonly number[], bound: number): number {
  let most = FEWEST
  const columnsAt = (each: number): number => sizes.reduce((sum, size) => sum + Math.min(size, each), 0)
  while (most < bound && columnsAt(most + 1) <= bound) most++
  return most
}

function learnNumbers({ name, values }: NumericColumn, weights: RowWeights): NumberEncoding {
  const { mean, deviation } = spreadOf(values, weights)
  const missing = values.some((value) => !Number.isFinite(value))
  const scale = deviation > Math.abs(mean) * 1e-12 ? deviation : 1
  return { kind: 'numeric', feature: name, mean, scale, width: missing ? 2 : 1 }
}

/** Rows of each level, or the sum of their weights where that is more: a weight of 3 is worth three rows. */
function countLevels({ codes, levels }: CategoryColumn, weights: RowWeights): number[] {
  const rows = levels.map(() => 0)
  const sums = levels.map(() => 0)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code < 0) continue
    rows[code] = (rows[code] as number) + 1
    if (weights) sums[code] = (sums[code] as number) + (weights[i] as number)
  }
  return rows.map((count, code) => Math.max(count, sums[code] as number))
}

interface LevelBounds {
  readonly most: number
  readonly rare: number
}

function learnLevels(
  { name, codes, levels }: CategoryColumn,
  counts: readonly number[],
  bounds: LevelBounds,
): LevelEncoding {
  const seen = Array.from(counts.keys()).filter((code) => (counts[code] as number) > 0)
  const ranked = seen.toSorted((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
  const own = new Set(ranked.filter((code, rank) => rank < bounds.most && (counts[code] as number) >= bounds.rare))
  const columnOfLevel: number[] = []
  let next = 0
  for (const code of seen) columnOfLevel.push(own.has(code) ? next++ : own.size)
  if (own.size < seen.length) next++
  const missingColumn = codes.includes(-1) ? next++ : -1
  const names = seen.map((code) => levels[code] as string)
  return { kind: 'category', feature: name, levels: names, columnOfLevel, missingColumn, width: next }
}
