import { describe, expect, test } from 'vitest'
import type { PairAxis } from './model.ts'
import { selectSlots, slotsInOrder } from './select-slots.ts'

const ages: PairAxis = { kind: 'numeric', feature: 'age', edges: [20, 30, 50] }
const bins = (from: number | null, to: number | null, edges: number[] = ages.edges) => {
  const found = selectSlots({ ...ages, edges }, { feature: 'age', ranges: [{ from, to }] })
  return Array.isArray(found) ? found : found.code
}

describe('a range means', () => {
  test('exactly its bins where its ends are borders', () => {
    expect(bins(20, 30)).toEqual([2])
    expect(bins(null, 30)).toEqual([1, 2])
    expect(bins(30, null)).toEqual([3, 4])
    expect(bins(null, null)).toEqual([1, 2, 3, 4])
  })

  test('the bins that lie in it for more than half of their width', () => {
    expect(bins(24, 41)).toEqual([2, 3])
    expect(bins(25, 41)).toEqual([3])
    expect(bins(24, 40)).toEqual([2])
    expect(bins(31, 32)).toBe('edit-range-empty')
  })

  test('an open bin as if it were as wide as the bin beside it', () => {
    expect(bins(14, 30)).toEqual([1, 2])
    expect(bins(16, 30)).toEqual([2])
    expect(bins(50, 61)).toEqual([4])
    expect(bins(50, 59)).toBe('edit-range-empty')
    expect(bins(80, null)).toBe('edit-range-empty')
    expect(bins(null, 14)).toBe('edit-range-empty')
  })

  test('beside an only border, the bin into which it reaches from there', () => {
    expect(bins(0.5, 1, [0.5])).toEqual([2])
    expect(bins(0, 0.5, [0.5])).toEqual([1])
    expect(bins(0, 1, [0.5])).toEqual([1, 2])
    expect(bins(-1, 1, [0])).toEqual([1, 2])
    expect(bins(3, 4, [0.5])).toBe('edit-range-empty')
    expect(bins(null, null, [])).toEqual([1])
    expect(bins(0, 1, [])).toBe('edit-range-empty')
  })
})

test('ranges and the missing value add up, each bin once', () => {
  expect(selectSlots(ages, { feature: 'age', missing: true, ranges: [{ from: 30, to: null }, { from: 20, to: 50 }] })).toEqual([0, 2, 3, 4])
})

test('the order of levels is that of their slots, without the missing and the unseen one', () => {
  const levels: PairAxis = { kind: 'category', feature: 'grade', levels: ['a', 'b', 'c', 'd'], slots: [3, 2, 2, 1], unseen: 1, size: 4 }
  expect(slotsInOrder(levels)).toBeNull()
  expect(slotsInOrder({ ...levels, ordered: true })).toEqual([2, 3])
})
