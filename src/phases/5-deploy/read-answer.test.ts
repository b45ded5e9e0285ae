import { describe, expect, test } from 'vitest'
import type { Answer, Proposal } from '#core/decision'
import { readAnswer } from './read-answer.ts'

const evaluation = 'a'.repeat(64)
function card(task: 'binary' | 'regression'): Proposal {
  const basis = { task, threshold: task === 'binary' ? 0.5 : null, evaluation }
  return { phase: 'model_deployment', subject: '?', options: [], recommended_index: 0, default_option_index: 1, context: {}, basis }
}

function read(answer: Answer, task: 'binary' | 'regression' = 'binary'): string {
  const found = readAnswer(answer, card(task))
  return found.ok ? `${found.value.deployment} ${found.value.threshold}` : found.refusal.code
}

describe('an answer is honoured', () => {
  test.each<[Answer, string]>([
    [{ action: 'approve' }, 'active 0.5'],
    [{ action: 'approve', custom_value: { active: false } }, 'inactive 0.5'],
    [{ custom_value: { active: true, threshold: 0.2 } }, 'active 0.2'],
    [{ choice_index: 0 }, 'active 0.5'],
    [{ choice_index: 1, custom_value: { threshold: 1 } }, 'inactive 1'],
    [{ choice_index: 2 }, 'none null'],
    [{ choice_index: 1, action: 'approve' }, 'inactive 0.5'],
    [{ action: 'skip' }, 'none null'],
    [{ action: 'reject', choice_index: 2 }, 'none null'],
    [{ skipped: true, selected_options: [] }, 'none null'],
  ])('%j', (answer, expected) => expect(read(answer)).toBe(expected))
})

describe('an answer is refused by code', () => {
  test.each<[Answer, string]>([
    [{}, 'DECISION_INVALID'],
    [{ custom_value: { threshold: 0.4 } }, 'DECISION_INVALID'],
    [{ choice_index: 3 }, 'CHOICE_OUT_OF_RANGE'],
    [{ choice_index: -1 }, 'CHOICE_OUT_OF_RANGE'],
    [{ action: 'deploy' }, 'DECISION_INVALID'],
    [{ action: 'approve', choice_index: 2 }, 'CUSTOM_REFUSED'],
    [{ action: 'reject', choice_index: 0 }, 'CUSTOM_REFUSED'],
    [{ choice_index: 1, custom_value: { active: true } }, 'CUSTOM_REFUSED'],
    [{ action: 'approve', custom_value: { threshold: 1.5 } }, 'CUSTOM_REFUSED'],
    [{ action: 'approve', custom_value: { treshold: 0.5 } }, 'CUSTOM_REFUSED'],
    [{ action: 'reject', custom_value: { threshold: 0.5 } }, 'CUSTOM_REFUSED'],
    [{ action: 'approve', apply_indices: [0] }, 'DECISION_INVALID'],
    [{ action: 'approve', done: false }, 'DECISION_INVALID'],
    [{ action: 'approve', skipped: true }, 'DECISION_INVALID'],
  ])('%j', (answer, code) => expect(read(answer)).toBe(code))

  test('a threshold for a model that has none', () => {
    expect(read({ action: 'approve', custom_value: { threshold: 0.5 } }, 'regression')).toBe('CUSTOM_REFUSED')
    expect(read({ action: 'approve' }, 'regression')).toBe('active null')
  })
})
