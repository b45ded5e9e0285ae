import { expect, test } from 'vitest'
import type { Column } from '#core/dataset'
import type { StepSpec } from '#core/pipeline-spec'
import { finalColumns } from './final-columns.ts'

const columns: readonly Column[] = [
  { id: 'c0', name: 'when', type: 'timestamp' },
  { id: 'c1', name: 'sales', type: 'number' },
  { id: 'c2', name: 'label', type: 'number' },
]

function refusalOf(step: Omit<StepSpec, 'id'>): string {
  const request = { columns, before: [], steps: [{ id: 'mine', ...step }], fixed: [], label: 'c2', features: columns.slice(0, 2), left_out: [], added: [] }
  const made = finalColumns(request)
  return made.ok ? 'accepted' : made.refusal.message
}

test('steps that give a row other values among its table than alone are refused before a model, with the reason', () => {
  expect(refusalOf({ type: 'GroupedLagTransformer', params: { columns: ['sales'] } })).toContain('Step "mine" (GroupedLagTransformer) takes values of other rows of its table, which a row that is predicted alone does not bring')
  expect(refusalOf({ type: 'TimeLagTransformer', params: { time_column: 'when', columns: ['sales'], lags: ['1h'] } })).toContain('only the last ones are kept')
  expect(refusalOf({ type: 'TextCleanTransformer', params: { operations: ['strip'] } })).toBe('accepted')
})
