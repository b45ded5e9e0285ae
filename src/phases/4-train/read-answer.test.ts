import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Answer, Proposal } from '#core/decision'
import type { Refusal } from '#core/errors'
import { answerSchemaOf } from './answer-schema.ts'
import { readAnswer, recommendedDecision } from './read-answer.ts'
import type { Basis, TrainingDecision } from './schema.ts'

const [board, plain, held, line] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(64))
const basis = {
  task: 'binary',
  features: [
    { name: 'dose', kind: 'numeric' },
    { name: 'Age', kind: 'numeric' },
    { name: 'site', kind: 'category' },
  ],
  trainers: ['glassbox-main', 'linear', 'dummy'],
  monotone: { dose: 'increasing' },
  board: board ?? '',
  measured: [
    { trainer: 'glassbox-main', monotone: {}, blob: plain ?? '' },
    { trainer: 'linear', monotone: {}, blob: line ?? '' },
    { trainer: 'glassbox-main', monotone: { dose: 'increasing' }, blob: held ?? '' },
  ],
} satisfies Basis

function proposal(change: Partial<Basis> = {}): Proposal {
  const options = basis.trainers.map((id, index) => ({
    index,
    id,
    title: id,
    summary: '',
    recommended: index === 0,
    score: 0,
    evidence: [],
    risks: [],
    effect: null,
  }))
  return {
    phase: 'model_training',
    subject: 'Which?',
    options,
    recommended_index: 0,
    default_option_index: 0,
    context: {},
    basis: { ...basis, ...change },
  }
}

function decided(answer: Answer, change: Partial<Basis> = {}): TrainingDecision {
  const read = readAnswer(answer, proposal(change))
  if (!read.ok) throw new Error(read.refusal.message)
  return read.value
}

function refused(answer: Answer, change: Partial<Basis> = {}): Refusal {
  const read = readAnswer(answer, proposal(change))
  if (read.ok) throw new Error('was accepted')
  return read.refusal
}

const all = ['dose', 'Age', 'site']

test('a choice takes the trainer with the proposed directions and what was measured for it', () => {
  expect(decided({ choice_index: 0 })).toEqual({
    trainer: 'glassbox-main',
    features: all,
    settings: {},
    monotone: { dose: 'increasing' },
    board,
    measured: held,
  })
  expect(decided({ choice_index: 1 })).toMatchObject({ trainer: 'linear', monotone: {}, measured: line })
})

test('action train is the recommended option, which is also the default', () => {
  expect(decided({ action: 'train' })).toEqual(decided({ choice_index: 0 }))
  expect(recommendedDecision(proposal())).toEqual(decided({ choice_index: 0 }))
})

test('empty directions want none, others replace the proposed ones', () => {
  expect(decided({ choice_index: 0, monotonic_constraints: {} })).toMatchObject({ monotone: {}, measured: plain })
  expect(decided({ action: 'train', monotonic_constraints: { ' age ': 'decreasing' } })).toMatchObject({
    monotone: { Age: 'decreasing' },
    measured: null,
  })
})

test('directions that cannot be held are refused with the reason', () => {
  expect(refused({ choice_index: 0, monotonic_constraints: { weight: 'increasing' } })).toMatchObject({
    code: 'CUSTOM_REFUSED',
    message: expect.stringContaining('"weight"'),
  })
  expect(refused({ choice_index: 0, monotonic_constraints: { site: 'increasing' } }).message).toContain('categories')
  expect(refused({ choice_index: 0, monotonic_constraints: { dose: 'up' } }).message).toContain('"up"')
  expect(refused({ choice_index: 1, monotonic_constraints: { dose: 'increasing' } }).message).toContain('straight line')
  expect(refused({ choice_index: 2, monotonic_constraints: { dose: 'increasing' } }).message).toContain('baseline')
  expect(
    refused({ choice_index: 0, monotonic_constraints: { dose: 'increasing' } }, { task: 'multiclass' }).message,
  ).toContain('more than two classes')
})

test('selected features are a subset, with blanks and case forgiven', () => {
  expect(decided({ choice_index: 0, selected_features: ['AGE', 'site'] })).toMatchObject({
    features: ['Age', 'site'],
    monotone: {},
    measured: null,
  })
  expect(refused({ choice_index: 0, selected_features: ['weight'] })).toMatchObject({
    code: 'CUSTOM_REFUSED',
    message: expect.stringContaining('"weight"'),
  })
  expect(refused({ choice_index: 0, selected_features: [3] }).code).toBe('CUSTOM_REFUSED')
  expect(refused({ choice_index: 0, selected_features: [] }).code).toBe('NO_FEATURES')
})

test('settings are heeded, and those that would not be are refused by name', () => {
  expect(decided({ custom_value: { trainer: 'linear', penalty: 2 } })).toMatchObject({
    trainer: 'linear',
    settings: { penalty: 2 },
    measured: null,
  })
  expect(decided({ choice_index: 0, custom_value: { cost: { false_positive: 1, false_negative: 5 } } })).toMatchObject({
    measured: held,
  })
  expect(refused({ choice_index: 0, custom_value: { depth: 3 } }).message).toContain('unknown setting "depth"')
  expect(refused({ choice_index: 0, custom_value: { bags: 1.5 } }).message).toContain('bags')
  expect(refused({ choice_index: 0, custom_value: 'linear' }).code).toBe('CUSTOM_REFUSED')
  expect(refused({ choice_index: 1, custom_value: { bags: 4 } }).message).toContain('"bags"')
  expect(refused({ choice_index: 0, custom_value: { penalty: 4 } }).message).toContain('"penalty"')
  expect(refused({ choice_index: 0, custom_value: { trainer: 'linear' } }).message).toContain('give one of them')
  expect(
    refused({ choice_index: 0, custom_value: { threshold: 0.3, cost: { false_positive: 1, false_negative: 1 } } })
      .message,
  ).toContain('give one of them')
  expect(refused({ choice_index: 0, custom_value: { threshold: 0.3 } }, { task: 'regression' }).message).toContain(
    'two classes',
  )
  expect(refused({ custom_value: { trainer: 'linear' } }, { trainers: ['glassbox-main', 'dummy'] }).message).toContain(
    'not compared',
  )
})

test('a choice that is not there, an unknown action and an answer of another phase are refused', () => {
  expect(refused({ choice_index: 3 }).code).toBe('CHOICE_OUT_OF_RANGE')
  expect(refused({ choice_index: -1 }).code).toBe('CHOICE_OUT_OF_RANGE')
  expect(refused({ action: 'approve' }).code).toBe('DECISION_INVALID')
  expect(refused({}).code).toBe('DECISION_INVALID')
  expect(refused({ choice_index: 0, apply_indices: [1] })).toMatchObject({
    code: 'DECISION_INVALID',
    message: expect.stringContaining('apply_indices'),
  })
})

test('explicit nulls and empty lists of other phases change nothing', () => {
  const answer: Answer = {
    choice_index: 0,
    action: null,
    custom_value: null,
    apply_indices: [],
    skip_indices: null,
    selected_features: null,
    monotonic_constraints: null,
    skipped: false,
    done: true,
  }
  expect(decided(answer)).toEqual(decided({ choice_index: 0 }))
})

test('the schema of the answers goes out as JSON Schema and knows the columns', () => {
  const schema = answerSchemaOf(proposal())
  expect(JSON.stringify(z.toJSONSchema(schema, { io: 'input' }))).toContain('"dose"')
  expect(schema.safeParse({ choice_index: 1, monotonic_constraints: { dose: 'increasing' } }).success).toBe(true)
  expect(schema.safeParse({ choice_index: 3 }).success).toBe(false)
  expect(schema.safeParse({ monotonic_constraints: { site: 'increasing' } }).success).toBe(false)
})

test('settings that several trainers read are for each of them, within what each can use', () => {
  const five: Partial<Basis> = { trainers: ['glassbox', 'glassbox-main', 'linear', 'trees', 'dummy'] }
  expect(decided({ custom_value: { trainer: 'trees', leaves: 63, max_rounds: 50, rows_per_leaf: 5 } }, five).settings).toEqual({ leaves: 63, max_rounds: 50, rows_per_leaf: 5 })
  expect(decided({ custom_value: { trainer: 'glassbox', bags: 4, pairs: 3 } }, five).settings).toEqual({ bags: 4, pairs: 3 })
  expect(decided({ custom_value: { trainer: 'linear', l1_ratio: 0.5 } }, five).settings).toEqual({ l1_ratio: 0.5 })
  expect(refused({ custom_value: { trainer: 'glassbox', leaves: 63 } }, five).message).toContain('at most 16')
  expect(refused({ custom_value: { trainer: 'glassbox-main', pairs: 3 } }, five).message).toContain('"pairs" is a setting of "Glass box, curves and pairs"')
  expect(refused({ custom_value: { trainer: 'trees', bags: 3 } }, five).message).toContain('"bags"')
})

test('proposed directions go to the trainer that they were measured with; another takes those that are asked for', () => {
  const five: Partial<Basis> = { trainers: ['glassbox-main', 'glassbox', 'trees'] }
  expect(decided({ choice_index: 0 }, five).monotone).toEqual({ dose: 'increasing' })
  for (const choice_index of [1, 2]) {
    expect(decided({ choice_index }, five).monotone).toEqual({})
    expect(decided({ choice_index, monotonic_constraints: { dose: 'increasing' } }, five)).toMatchObject({ monotone: { dose: 'increasing' }, measured: null })
  }
})
