import { describe, expect, test } from 'vitest'
import type { Column } from '#core/dataset'
import type { StepSpec } from '#core/pipeline-spec'
import { compilePipeline } from './compile-pipeline.ts'
import { offsetMicros } from './time-offset.ts'

const columns: readonly Column[] = [
  { id: 'c0', name: 'when', type: 'timestamp' },
  { id: 'c1', name: 'sales', type: 'number' },
  { id: 'c2', name: 'shop', type: 'text' },
]
const bound = (params: StepSpec['params']) => compilePipeline({ version: '2.0', steps: [{ id: 'lag', type: 'TimeLagTransformer', params: { time_column: 'when', columns: ['sales'], ...params } }] }, columns)

test.each([
  ['1h', 3.6e9], ['7D', 6.048e11], ['90min', 5.4e9], ['1D12h', 1.296e11], [' 1h 30min ', 5.4e9], ['h', 3.6e9], ['1.5h', 5.4e9], ['-1h', -3.6e9], ['5ms', 5000],
  ['1W', null], ['1M', null], ['1m', null], ['', null], ['x', null], ['1ns', null], ['0.1us', null],
])('the offset %j is %j microseconds', (text, micros) => expect(offsetMicros(text)).toBe(micros))

describe('what would read values that are not known yet, or never fits, is refused', () => {
  test.each<[StepSpec['params'], string]>([
    [{ lags: ['1h'], gap: '2h' }, 'the lag "1h" is shorter than the gap "2h"'],
    [{ lags: ['-1h'] }, 'lags takes fixed lengths above zero such as "1h", "24h" or "7D", and "-1h" is none'],
    [{ windows: ['1M'] }, 'windows takes fixed lengths above zero'],
    [{ lags: ['24h', ' 24h'] }, 'lags names "24h" twice'],
    [{ gap: '1h' }, 'it needs lags, windows or both'],
    [{ lags: ['1h'], time_column: 'shop' }, 'time_column "shop" holds text, not dates'],
    [{ lags: ['1h'], columns: ['shop'] }, 'the column "shop" holds text, and lags and windows need numbers'],
    [{ lags: ['1h'], operations: ['median'] }, 'operations'],
  ])('%j', (params, sentence) => {
    const made = bound(params)
    expect(made.ok ? 'accepted' : made.refusal.message).toContain(sentence)
  })
})

test('a column is read from the past alone only where a gap says how far the forecast reaches', () => {
  const pastOf = (params: StepSpec['params']) => {
    const made = bound(params)
    return made.ok ? made.value.steps[0]?.contract.readsPast : null
  }
  expect(pastOf({ lags: ['24h'], windows: ['7D'], gap: '24h' })).toEqual(['c1'])
  expect(pastOf({ lags: ['24h'] })).toBeUndefined()
})
