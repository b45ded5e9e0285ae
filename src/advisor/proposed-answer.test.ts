import { describe, expect, test } from 'vitest'
import type { Column } from '#core/dataset'
import type { Option, Proposal } from '#core/decision'
import type { PhaseName } from '#core/phase-names'
import type { Card } from './card-of.ts'
import { proposedAnswer, proposedSkip } from './proposed-answer.ts'
import { readQuestion } from './read-question.ts'

const columns = ['age', 'fee', 'churned'].map((name, i): Column => ({ id: `c${i}`, name, type: 'text' }))

function option(index: number, title: string, { recommended = false, column }: { recommended?: boolean; column?: string } = {}): Option {
  return { index, id: `o${index}`, title, summary: '', recommended, score: null, evidence: [], risks: [], effect: column === undefined ? null : { column } }
}

const steps = [option(0, 'Read fee as numbers', { recommended: true }), option(1, 'Drop age'), option(2, 'Trim text', { recommended: true })]
const labels = [option(0, 'Predict churned', { recommended: true, column: 'c2' }), option(1, 'Predict fee', { column: 'c1' })]

function asked(message: string, { phase, options, recommended_index = null }: { readonly phase: PhaseName; readonly options: readonly Option[]; readonly recommended_index?: number | null }) {
  const card: Card = { phase, decision_id: 'd1', revision: 2, proposal: 'p', made: null }
  const proposal: Proposal = { phase, subject: 'What?', options: [...options], recommended_index, default_option_index: null, context: {}, basis: null }
  const question = readQuestion(message, { columns, label: null })
  return proposedAnswer(question.words[0] ?? '', question, { card, proposal })?.decision?.answer ?? null
}

describe('what a message asks to change becomes an answer to the open card', () => {
  test.each([
    ['accept', { apply_indices: [0, 2] }],
    ['skip option 2', { apply_indices: [0] }],
    ['apply option 1', { apply_indices: [0, 1, 2] }],
    ['drop age', { apply_indices: [0, 1, 2] }],
    ['remove trim text', { apply_indices: [0] }],
  ])('%s, where any number may be taken', (message, answer) => expect(asked(message, { phase: 'data_preparation', options: steps })).toEqual(answer))

  test.each([
    ['accept', { choice_index: 0 }],
    ['use fee', { choice_index: 1 }],
    ['use age instead', { custom_value: 'age' }],
    ['take option 1', { choice_index: 1 }],
  ])('%s, where one is taken', (message, answer) => expect(asked(message, { phase: 'label_selection', options: labels, recommended_index: 0 })).toEqual(answer))

  test.each(['use something else', 'drop option 9', 'change it'])('%s names nothing that the card offers, so nothing is proposed', (message) => {
    expect(asked(message, { phase: 'data_preparation', options: steps })).toBeNull()
  })

  test('a proposal names one card and one revision of it', () => {
    expect(proposedSkip({ phase: 'feature_engineering', decision_id: 'd1', revision: 2, proposal: 'p', made: null }).decision).toEqual({ decision_type: 'feature_engineering', decision_id: 'd1', revision: 2, answer: { skipped: true } })
  })
})
