import { expect, test } from 'vitest'
import type { PendingDecision } from '#wire/pending-decision'
import { plainStyle } from './card-text.ts'
import { curveText } from './curve-text.ts'

const point = (name: string, gain: number, further: number) => ({ name, gain, further, columns: 1, interval: [gain - 0.01, gain + 0.01] })

function card(curve: unknown): PendingDecision {
  return {
    decision_id: '00000000-0000-4000-8000-000000000001', revision: 1, decision_type: 'feature_engineering', phase: 'feature_engineering', subject: 'Which ones?', options: [],
    context: { metric: { title: 'log loss' }, curve: JSON.parse(JSON.stringify(curve ?? null)) }, recommended_index: null, default_option_index: null, timeout_seconds: null, expires_at: null, accepts: {},
  }
}

test('each point has its gain, its interval and its columns, and the knee stands behind what is recommended', () => {
  const lines = curveText(card({ knee: 1, points: [point('a_per_b', 0.05, 0.05), { ...point('c_minus_d', 0.045, -0.005), columns: 2 }] }), plainStyle)
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain('+0.0500 [+0.0400, +0.0600]  +1 column, with a_per_b')
  expect(lines[2]).toContain('knee')
  expect(lines[3]).toContain('+2 columns, with c_minus_d (−0.00500)')
  expect(lines[1]?.match(/█/gu)).toHaveLength(24)
})

test('a flat curve says so, and no curve says nothing', () => {
  expect(curveText(card({ knee: 0, points: [point('a', -0.01, -0.01)] }), plainStyle).at(-1)).toContain('the curve is flat')
  expect(curveText(card({ knee: 0, points: [] }), plainStyle)).toEqual([])
  expect(curveText(card(null), plainStyle)).toEqual([])
})
