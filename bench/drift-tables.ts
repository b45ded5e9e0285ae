import { writeFileSync } from 'node:fs'
import type { Random } from '#ml/random'
import type { Column, Table, Target } from '#ml/table'

const levels = Array.from({ length: 200 }, (_, i) => `level ${i}`)

/** A change of the rows that a monitor is to see. */
export interface Change {
  readonly name: string
  /** Of the bell, in its standard deviations. */
  readonly shift: number
  /** Share of the bell's cells that turn missing. */
  readonly missing: number
  /** Share of the cells of the even classes that hold a value never seen before. */
  readonly fresh: number
}

export const same: Change = { name: 'none', shift: 0, missing: 0, fresh: 0 }
export const changes: readonly Change[] = [
  { ...same, name: 'a number 0.25 sd larger', shift: 0.25 },
  { ...same, name: 'a number 0.5 sd larger', shift: 0.5 },
  { ...same, name: '5 % more missing', missing: 0.05 },
  { ...same, name: '3 % of a new category', fresh: 0.03 },
]

/** Mixed columns of one distribution: a bell with gaps, a skewed number, a whole number, a rare flag, even classes, a long tail. */
export function driftTable(rows: number, random: Random, change: Change = same): Table {
  const bell = () => 2 * (random.next() + random.next() + random.next() - 1.5)
  const numbers = (name: string, draw: () => number): Column => ({ name, kind: 'numeric', values: Float64Array.from({ length: rows }, draw) })
  const classes = (name: string, draw: () => number): Column => ({ name, kind: 'category', codes: Int32Array.from({ length: rows }, draw), levels })
  const columns = [
    numbers('bell', () => (random.next() < 0.05 + change.missing ? Number.NaN : bell() + change.shift)),
    numbers('skewed', () => bell() ** 4),
    numbers('whole', () => random.below(60)),
    numbers('flag', () => (random.next() < 0.03 ? 1 : 0)),
    classes('even', () => (random.next() < change.fresh ? 199 : random.below(8))),
    classes('tail', () => Math.floor(60 * random.next() ** 3)),
  ]
  return { rows, columns }
}

/** As many columns as are wanted, two numbers for each category. */
export function wideTable(rows: number, count: number, random: Random): Table {
  const columns = Array.from({ length: count }, (_, i): Column => {
    const name = `c${i}`
    if (i % 3 === 2) return { name, kind: 'category', codes: Int32Array.from({ length: rows }, () => Math.floor(12 * random.next() ** 2)), levels }
    return { name, kind: 'numeric', values: Float64Array.from({ length: rows }, () => random.next() + random.next() + random.next()) }
  })
  return { rows, columns }
}

/** A label that the first numbers of a table move. */
export function driftTarget({ columns, rows }: Table, random: Random): Target {
  const numbers = columns.flatMap((column) => (column.kind === 'numeric' ? [column.values] : []))
  const scores = Float64Array.from({ length: rows }, (_, row) => (numbers[0]?.[row] || 0) - 0.01 * (numbers[2]?.[row] || 0) + 2 * random.next() - 1)
  const middle = scores.toSorted()[Math.floor(rows / 2)] ?? 0
  return { task: 'binary', classes: ['no', 'yes'], codes: Int32Array.from(scores, (score) => (score > middle ? 1 : 0)) }
}

export function writeTable(path: string, { rows, columns }: Table): void {
  const cell = (column: Column, row: number) => (column.kind === 'numeric' ? String(column.values[row]) : (column.levels[column.codes[row] as number] ?? ''))
  const lines = Array.from({ length: rows }, (_, row) => columns.map((column) => cell(column, row)).join(','))
  writeFileSync(path, `${[columns.map(({ name }) => name).join(','), ...lines].join('\n')}\n`)
}
