import { expect, test } from 'vitest'
import type { Answer } from '#core/decision'
import { orThrow } from '#core/errors'
import type { ShapeEdit } from '#ml/shape-edit'
import type { Facts, Tools } from '#phases/phase'
import { readScorer } from '#scoring/scorer'
import { generatedColumns, without } from './generated-columns.testkit.ts'
import { labelledOutcome } from './labelled.testkit.ts'
import { memoryTools } from './memory-tools.testkit.ts'
import { trainPhase } from './phase.ts'
import type { TrainingDecision } from './schema.ts'

const columns = without(generatedColumns({ rows: 500, seed: 7 }), 'cost', 'grade')
const { made, facts } = labelledOutcome({ columns, label: 'event', task: 'binary' })
const tools = memoryTools([made])
const proposal = orThrow(await trainPhase.propose(facts, tools))

function edited(trainer: string, ...edits: object[]): Answer {
  return { custom_value: JSON.parse(JSON.stringify({ trainer, edits })) }
}

async function applied(decision: TrainingDecision, on: { facts: Facts; tools: Tools } = { facts, tools }) {
  const { outcome } = orThrow(await trainPhase.apply(on.facts, decision, on.tools))
  const { document } = orThrow(readScorer(await on.tools.blobs.get(outcome.model)))
  return { outcome, model: document.model, evaluation: Object(await on.tools.blobs.get(outcome.evaluation)) }
}

const removal = { verb: 'remove', term: ['noise'] }
const cap = { verb: 'cap', term: ['dose'], high: 1 }

test('edits are made on the fit that was measured, their kinds settled, and what they change is told', async () => {
  const decision = orThrow(trainPhase.read(edited('glassbox-main', removal, cap), proposal))
  expect(decision.measured).not.toBeNull()
  const { outcome, model, evaluation } = await applied(decision)
  expect(model.edits).toMatchObject([{ ...removal, kind: 'numeric' }, { ...cap, kind: 'numeric' }])
  expect(model.terms.map((term) => term.kind !== 'pair' && term.feature)).not.toContain('noise')
  expect(outcome.notes.join(' ')).toMatch(/2 edits of fitted shapes were made, which move 400 training rows; AUC on the training rows goes from/)
  expect(evaluation.edits).toMatchObject({ applied: [{ edit: removal }, { edit: cap }], flagged: [], measured_on: 'training rows', metrics: { auc: { before: expect.any(Number) } } })
  const plain = await applied(orThrow(trainPhase.read({ custom_value: { trainer: 'glassbox-main' } }, proposal)))
  expect(plain.evaluation.edits).toBeUndefined()
  expect(outcome.model).not.toBe(plain.outcome.model)
  expect(outcome.cv_metrics).toEqual(plain.outcome.cv_metrics)
})

test('the threshold and calibration follow the edited scores', async () => {
  const costs = { cost: { false_positive: 1, false_negative: 3 } }
  const custom = { trainer: 'glassbox-main', ...costs, edits: ['dose', 'age', 'site', 'noise'].map((feature) => ({ verb: 'remove', term: [feature] })) }
  const { outcome, evaluation } = await applied(orThrow(trainPhase.read({ custom_value: custom }, proposal)))
  const plain = await applied(orThrow(trainPhase.read({ custom_value: { trainer: 'glassbox-main', ...costs } }, proposal)))
  expect(outcome.test_metrics.auc?.value).toBe(0.5)
  // Without its columns a model can do no better than to call every row the same, out of fold too.
  expect(evaluation.threshold.out_of_fold.lowest_cost.cost).toBeGreaterThan(plain.evaluation.threshold.out_of_fold.lowest_cost.cost)
  expect(evaluation.threshold.out_of_fold.lowest_cost).not.toEqual(plain.evaluation.threshold.out_of_fold.lowest_cost)
  expect(evaluation.calibration).not.toEqual(plain.evaluation.calibration)
})

test('an edit that the card knows cannot be made is refused when it is answered', () => {
  const read = (answer: Answer): string => {
    const found = trainPhase.read(answer, proposal)
    return found.ok ? 'accepted' : found.refusal.message
  }
  expect(read(edited('glassbox-main', { verb: 'remove', term: ['colour'] }))).toMatch(/edit 1 .*no such term; it has .*"dose"/)
  expect(read(edited('glassbox-main', { ...removal, kind: 'category' }))).toContain('of the kind "numeric"')
  expect(read(edited('glassbox-main', { verb: 'monotonise', term: ['dose'], direction: 'auto' }))).toContain('say "increasing" or "decreasing"')
  expect(read(edited('trees', removal))).toContain('"edits" is a setting of')
  expect(read(edited('glassbox-main', { verb: 'paint', term: ['dose'] }))).toContain('edits.0')
})

test('an edit of a value that the model does not have is refused before anything is kept', async () => {
  const decision = orThrow(trainPhase.read(edited('glassbox-main', { verb: 'flatten', term: ['site'], where: [{ feature: 'site', levels: ['west'] }] }), proposal))
  expect(await trainPhase.apply(facts, decision, tools)).toMatchObject({ ok: false, refusal: { code: 'CUSTOM_REFUSED', message: expect.stringContaining('"west"') } })
})

test('a retrain makes the edits again, and tells those that no longer fit', async () => {
  const before = orThrow(trainPhase.read(edited('glassbox-main', removal, cap), proposal))
  const other = labelledOutcome({ columns: without(generatedColumns({ rows: 500, seed: 8 }), 'cost', 'grade', 'noise'), label: 'event', task: 'binary' })
  const later = { facts: other.facts, tools: memoryTools([other.made]) }
  const card = orThrow(await trainPhase.propose(later.facts, later.tools))
  if (trainPhase.replay === undefined) throw new Error('training is replayed')
  const decision = orThrow(trainPhase.replay({ decisions: [before], changes: null, proposal }, card))
  const { outcome, model, evaluation } = await applied(decision, later)
  expect(model.edits?.map((edit: ShapeEdit) => edit.verb)).toEqual(['cap'])
  expect(evaluation.edits.flagged).toMatchObject([{ reason: 'feature-gone', edit: removal }])
  expect(outcome.notes.join(' ')).toContain('was not made again, and a person has to decide anew: remove of "noise"')
  const anew = trainPhase.replay({ decisions: [before], changes: { custom_value: { edits: [] } }, proposal }, card)
  expect(orThrow(anew)).toMatchObject({ settings: { edits: [] } })
  expect(orThrow(anew).replayed).toBeUndefined()
})

test('a direction that an edit takes away is not claimed any more', async () => {
  const answer = { ...edited('glassbox-main', { verb: 'flatten', term: ['dose'], where: [{ feature: 'dose', ranges: [{ from: 4, to: 6 }] }], value: -9 }), monotonic_constraints: { dose: 'increasing' } }
  const { outcome } = await applied(orThrow(trainPhase.read(answer, proposal)))
  expect(outcome.monotone).toEqual({})
  expect(outcome.notes.join(' ')).toContain('The curve of "dose" does not go one way any more')
})
