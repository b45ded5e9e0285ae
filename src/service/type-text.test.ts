import type { CategoryValues } from '#core/ports'
import { expect, test } from 'vitest'
import { typeText, withoutPlaceholders } from './type-text.ts'

/** A column as the engine gives it: levels sorted, an empty cell -1. */
function textColumn(cells: readonly (string | null)[]): CategoryValues {
  const levels = [...new Set(cells.filter((cell) => cell !== null))].sort()
  return { kind: 'category', levels, codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell))) }
}

const repeated = (cell: string, times: number) => Array<string>(times).fill(cell)

test('text of which 99 in 100 values are numbers is read as numbers, the others are missing', () => {
  const typed = typeText(textColumn([...repeated('7', 97), ' 1e3 ', '−2.5', 'seven', null]))
  expect(typed).toMatchObject({ kind: 'numeric' })
  expect([...(typed as { values: Float64Array }).values].slice(96)).toEqual([7, 1000, -2.5, Number.NaN, Number.NaN])
})

test('text with more other values stays text', () => {
  const cells = [...repeated('7', 97), 'seven', 'eight', '1,000']
  expect(typeText(textColumn(cells))).toEqual(textColumn(cells))
})

test('placeholders count for and against nothing, however many', () => {
  const cells = ['1', '2', ...repeated('?', 5), ...repeated('NA', 5), ...repeated('  ', 5), ...repeated('Unknown', 5), ...repeated('#DIV/0!', 5)]
  expect(typeText(textColumn(cells))).toMatchObject({ kind: 'numeric', values: Float64Array.from(cells, (cell) => (/^\d$/.test(cell) ? Number(cell) : Number.NaN)) })
})

test('placeholders are missing in text too, but not words that may be a level', () => {
  const cells = ['red', 'N/A', 'unknown', null, ' ? ', 'red', 'none', 'NA1']
  expect(typeText(textColumn(cells))).toEqual(textColumn(['red', null, 'unknown', null, null, 'red', 'none', 'NA1']))
})

test('a column of nothing but placeholders holds no value', () => {
  expect(typeText(textColumn(['?', '', null]))).toEqual({ kind: 'category', levels: [], codes: Int32Array.of(-1, -1, -1) })
})

test('classes that look like numbers stay classes', () => {
  expect(withoutPlaceholders(textColumn(['1', '2', '?', '1']))).toEqual(textColumn(['1', '2', null, '1']))
})

test('a number beyond the doubles is missing', () => {
  const typed = typeText(textColumn([...repeated('7', 199), '1e999']))
  expect((typed as { values: Float64Array }).values.at(-1)).toBeNaN()
})
