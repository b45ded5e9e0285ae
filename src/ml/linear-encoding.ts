import type { CategoryColumn, Column, NumericColumn, Table } from './table.ts'

/** A number as the linear model reads it: standardised, missing at the mean with an indicator of its own. */
export interface NumberEncoding {
  readonly kind: 'numeric'
  readonly feature: string
  readonly mean: number
  readonly scale: number
  readonly missingRows: number
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

/** How one column of a table becomes columns of the linear model. */
export type LinearEncoding = NumberEncoding | LevelEncoding

/** Columns that all levels together should not exceed: solving takes the cube of it. */
const LEVEL_COLUMNS = 400

/** Learns from training rows how each column is read. */
export function learnEncodings(table: Table): LinearEncoding[] {
  const most = Math.max(3, Math.min(100, Math.floor(LEVEL_COLUMNS / Math.max(1, table.columns.length))))
  return table.columns.map((column) => (column.kind === 'numeric' ? learnNumbers(column) : learnLevels(column, most)))
}

/** Design column of each row inside its encoding: -1 where every column is zero. */
export function placeLevels(encoding: LevelEncoding, column: Column): Int32Array {
  if (column.kind === 'numeric') throw new Error(`"${column.name}" holds numbers where levels were learnt`)
  const columnOf = new Map(encoding.levels.map((level, i) => [level, encoding.columnOfLevel[i] as number]))
  const columnOfCode = column.levels.map((level) => columnOf.get(level) ?? -1)
  return column.codes.map((code) => (code < 0 ? encoding.missingColumn : (columnOfCode[code] ?? -1)))
}

function learnNumbers({ name, values }: NumericColumn): NumberEncoding {
  let sum = 0
  let rows = 0
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    sum += value
    rows++
  }
  const mean = rows === 0 ? 0 : sum / rows
  let squares = 0
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2
  const deviation = rows === 0 ? 0 : Math.sqrt(squares / rows)
  const scale = deviation > Math.abs(mean) * 1e-12 && Number.isFinite(deviation) ? deviation : 1
  const missingRows = values.length - rows
  return { kind: 'numeric', feature: name, mean, scale, missingRows, width: missingRows > 0 ? 2 : 1 }
}

function learnLevels({ name, codes, levels }: CategoryColumn, most: number): LevelEncoding {
  const counts = new Float64Array(levels.length)
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1
  const rare = codes.length < 1000 ? 3 : 10
  const seen = Array.from(counts.keys()).filter((code) => (counts[code] as number) > 0)
  const ranked = seen.toSorted((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
  const own = new Set(ranked.filter((code, rank) => rank < most && (counts[code] as number) >= rare))
  const columnOfLevel: number[] = []
  let next = 0
  for (const code of seen) columnOfLevel.push(own.has(code) ? next++ : own.size)
  if (own.size < seen.length) next++
  const missingColumn = codes.includes(-1) ? next++ : -1
  const names = seen.map((code) => levels[code] as string)
  return { kind: 'category', feature: name, levels: names, columnOfLevel, missingColumn, width: next }
}
