import { expect, test } from 'vitest'
import { featureValue } from './feature-value.ts'

test('missing stays missing, text stays text', () => {
  expect(featureValue(null, 'number')).toBeNull()
  expect(featureValue('a', 'text')).toBe('a')
  expect(featureValue(3, 'text')).toBe('3')
})

test('numbers come as numbers or as their text; anything else is missing', () => {
  expect(featureValue(2.5, 'number')).toBe(2.5)
  expect(featureValue(' 2.5 ', 'number')).toBe(2.5)
  expect(featureValue('two', 'number')).toBeNull()
  expect(featureValue('', 'integer')).toBeNull()
  expect(featureValue(Number.POSITIVE_INFINITY, 'number')).toBeNull()
})

test('booleans count as one and nought', () => {
  expect([true, false, 'TRUE', 'false'].map((cell) => featureValue(cell, 'boolean'))).toEqual([1, 0, 1, 0])
})

test('dates become days and timestamps seconds since 1970', () => {
  expect(featureValue('1970-01-02', 'date')).toBe(1)
  expect(featureValue('1969-12-31', 'date')).toBe(-1)
  expect(featureValue('2024-02-29', 'date')).toBe(19782)
  expect(featureValue('1970-01-01T00:01:00.25', 'timestamp')).toBe(60.25)
  expect(featureValue('1969-12-31 23:59:59.5', 'timestamp')).toBe(-0.5)
  expect(featureValue('2024-02-29', 'timestamp')).toBe(19782 * 86_400)
})

test('days that do not exist are missing', () => {
  for (const text of ['2023-02-29', '2024-13-01', '2024-01-01T25:00', 'yesterday', '01/02/2024'])
    expect(featureValue(text, 'date')).toBeNull()
})
