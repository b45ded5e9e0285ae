import { expect, test } from 'vitest'
import type { PendingDecision } from '#wire/pending-decision'
import { cardText, plainStyle } from './card-text.ts'
import { howToAnswer, readChoice } from './read-choice.ts'

const option = (index: number, recommended: boolean) => ({
  index,
  recommended,
  id: `o${index}`,
  title: `Option ${index}`,
  summary: 'What it does.',
  score: null,
  evidence: [{ label: 'rows', text: 'It changes 3 of 10 rows.', value: 3, interval: null, data: null }],
  risks: ['Something may go wrong.'],
  effect: null,
})

const card = (phase: PendingDecision['phase']): PendingDecision => ({
  decision_id: '00000000-0000-4000-8000-000000000001',
  revision: 1,
  decision_type: phase,
  phase,
  subject: 'Which ones?',
  options: [option(0, true), option(1, false), option(2, true)],
  context: { notes: ['A note.'], limits: ['A limit.'] },
  recommended_index: phase === 'data_preparation' ? null : 0,
  default_option_index: null,
  timeout_seconds: null,
  expires_at: null,
  accepts: {},
})

test.each([
  ['', { apply_indices: [0, 2] }],
  ['1 3', { apply_indices: [0, 2] }],
  ['2,2', { apply_indices: [1] }],
  ['none', { apply_indices: [] }],
  ['ALL', { apply_indices: [0, 1, 2] }],
])('"%s" answers a card of several choices', (typed, answer) => {
  expect(readChoice(card('data_preparation'), typed)).toEqual({ kind: 'answer', answer })
})

test.each([
  ['', { choice_index: 0 }],
  ['2', { choice_index: 1 }],
  ['churn', { custom_value: 'churn' }],
])('"%s" answers a card of one choice', (typed, answer) => {
  expect(readChoice(card('label_selection'), typed)).toEqual({ kind: 'answer', answer })
})

test.each(['9', '0', '1 9', '-1', '1.5'])('"%s" is not a number of the list, and is asked again', (typed) => {
  expect(readChoice(card('data_preparation'), typed === '0' ? '9 9' : typed)).toMatchObject({ kind: 'unclear' })
  expect(readChoice(card('model_training'), typed)).toMatchObject({ kind: 'unclear' })
})

test('s skips and c cancels', () => {
  expect(readChoice(card('model_training'), ' S ')).toEqual({ kind: 'skip' })
  expect(readChoice(card('model_training'), 'cancel')).toEqual({ kind: 'cancel' })
})

test('a card without a recommendation takes no empty answer, and does not offer one', () => {
  const unranked = { ...card('label_selection'), recommended_index: null }
  expect(readChoice(unranked, '')).toMatchObject({ kind: 'unclear' })
  expect(howToAnswer(unranked)).not.toContain('Enter')
})

test('a card shows the question, every option with its evidence and risks, and the notes', () => {
  const text = cardText(card('data_preparation'), plainStyle)
  for (const part of ['Data preparation', 'Which ones?', '– A note.', '– A limit.', '1 ★ Option 0', '2   Option 1', '· rows: It changes 3 of 10 rows.', '! Something may go wrong.']) {
    expect(text).toContain(part)
  }
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(plainStyle.width)
})
