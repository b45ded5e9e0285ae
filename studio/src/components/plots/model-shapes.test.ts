import { expect, test } from 'vitest'
import type { GridShapeAnswer } from '#sdk/client'
import { gridOf, slotName } from './model-shapes.ts'

const range = (from: number | null, to: number | null) => ({ kind: 'range' as const, from, to })
const grid: GridShapeAnswer = {
  name: 'a × b', features: ['a', 'b'], importance: 1, importance_interval: null, share: 1, kind: 'pair',
  axes: [{ feature: 'a', slots: [{ kind: 'missing' }, range(null, 2), range(2, null)] }, { feature: 'b', slots: [{ kind: 'missing' }, { kind: 'levels', levels: ['x', ''], unseen: false }] }],
  scores: [[9, 8, 7, 0.5, 6, -0.5]],
  rows: [0, 0, 3, 40, 0, 60],
}

test('a pair is drawn without the slots that no training row has, its cells in place', () => {
  const { rows, columns, scores, weights } = gridOf(grid, 0)
  expect(rows.slots).toEqual(['≤ 2', '> 2'])
  expect(columns.slots).toEqual(['missing', 'x, (empty)'])
  expect(scores).toEqual([7, 0.5, 6, -0.5])
  expect(weights).toEqual([3, 40, 0, 60])
})

test('a slot is named by what it holds', () => {
  expect(slotName(range(1, 2.5))).toBe('1 to 2.50')
  expect(slotName({ kind: 'unseen' })).toBe('unseen')
})
