import { expect, test } from 'vitest'
import type { ColumnType } from '#core/dataset'
import { readRawCell } from './read-raw-cell.ts'

const cell = (value: unknown, type: ColumnType) => {
  const read = readRawCell(value, type)
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
