import { expect, test } from 'vitest'
import type { ColumnType, Notation } from '#core/dataset'
import { readRawCell } from './read-raw-cell.ts'

const cell = (value: unknown, type: ColumnType) => {
  const read = readRawCell(value, { type })
  return read.ok ? read.cell : `refused: ${read.expected}`
}

test.each<[unknown, ColumnType, unknown]>([
  [3.5, 'number', 3.5],
  [' -1e3 ', 'number', -1000],
  ['7', 'integer', 7],
  ['', 'number', null],
  ['N/A', 'integer', null],
  [' unknown ', 'date', null],
  [null, 'text', null],
  [undefined, 'number', null],
  ['', 'text', ''],
  ['N/A', 'text', 'N/A'],
  [12, 'text', '12'],
  [true, 'boolean', true],
  ['FALSE', 'boolean', false],
  [1, 'boolean', true],
  ['2026-03-01', 'date', '2026-03-01'],
  ['2026-03-01T10:00:00', 'date', '2026-03-01'],
  ['2026-03-01 10:00', 'timestamp', '2026-03-01T10:00'],
  ['2026-03-01', 'timestamp', '2026-03-01T00:00:00'],
  ['2026-03-01T00:30:00+01:00', 'timestamp', '2026-02-28T23:30:00.000'],
  ['2026-03-01T00:30:00Z', 'timestamp', '2026-03-01T00:30:00'],
])('%j in a column of %s is %j', (value, type, expected) => expect(cell(value, type)).toBe(expected))

test.each<[unknown, ColumnType]>([
  ['twelve', 'number'],
  ['1,234', 'number'],
  [true, 'integer'],
  [{}, 'number'],
  [[1], 'text'],
  [true, 'text'],
  ['yes', 'boolean'],
  [2, 'boolean'],
  [20_240_101, 'date'],
  ['2026-02-30', 'date'],
  ['01/03/2026', 'timestamp'],
])('%j in a column of %s is refused', (value, type) => expect(cell(value, type)).toMatch(/^refused: (a|true) /))

test.each<[string, [ColumnType, Notation], unknown]>([
  ['1.234,5', ['number', 'decimal_comma'], 1234.5],
  ['1 234,50', ['number', 'decimal_comma'], 1234.5],
  ['-0,25', ['number', 'decimal_comma'], -0.25],
  ['1.5', ['number', 'decimal_comma'], 1.5],
  ['1.234', ['number', 'thousands_point'], 1234],
  ['1,234,567.5', ['number', 'thousands_comma'], 1234567.5],
  ['1,5', ['number', 'thousands_comma'], 'refused: a number'],
  ['n/a', ['number', 'decimal_comma'], null],
  ['5/12/2024', ['date', 'day_first'], '2024-12-05'],
  ['5/12/2024', ['date', 'month_first'], '2024-05-12'],
  ['31.12.2024 9:30', ['timestamp', 'day_first'], '2024-12-31T09:30'],
  ['2024/1/5', ['date', 'year_first'], '2024-01-05'],
  ['2024-12-05', ['date', 'day_first'], '2024-12-05'],
  ['31/31/2024', ['date', 'day_first'], 'refused: a date as 2026-03-01'],
  ['1/2/24', ['date', 'day_first'], 'refused: a date as 2026-03-01'],
])('%j in a column of %s is read as %j', (value, [type, notation], expected) => {
  const read = readRawCell(value, { type, notation })
  expect(read.ok ? read.cell : `refused: ${read.expected}`).toEqual(expected)
})
