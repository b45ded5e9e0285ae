import { describe, expect, test } from 'vitest'
import type { Answer, Proposal } from '#core/decision'
import { orThrow } from '#core/errors'
import type { Trained } from '#core/outcomes'
import type { TaskName } from '#core/run-settings'
import type { Facts, Tools } from '#phases/phase'
import { readScorer } from '#scoring/scorer'
import { changed, generatedColumns, without } from './generated-columns.testkit.ts'
import { labelledOutcome } from './labelled.testkit.ts'
import { type MadeColumn, memoryTools } from './memory-tools.testkit.ts'
import { trainPhase } from './phase.ts'

interface Asked {
  readonly columns: readonly MadeColumn[]
  readonly label: string
  readonly task: TaskName
  readonly answer?: Answer
  readonly tools?: Partial<Tools>
}

function prepared({ columns, label, task, tools }: Asked): { facts: Facts; tools: Tools } {
  const { made, facts } = labelledOutcome({ columns, label, task })
  return { facts, tools: memoryTools([made], tools) }
}

async function trained(asked: Asked): Promise<{ proposal: Proposal; outcome: Trained; tools: Tools; facts: Facts }> {
  const { facts, tools } = prepared(asked)
  const proposal = orThrow(await trainPhase.propose(facts, tools))
  const decision = orThrow(trainPhase.read(asked.answer ?? { action: 'train' }, proposal))
  const applied = orThrow(await trainPhase.apply(facts, decision, tools))
  return { proposal, outcome: trainPhase.schemas.outcome.parse(applied.outcome), tools, facts }
}

const columns = generatedColumns({ rows: 500, seed: 7 })
const forEvent = without(columns, 'cost', 'grade')

describe('a table with two classes', async () => {
  const first = await trained({ columns: forEvent, label: 'event', task: 'binary' })

  test('options carry a score, an interval and a paired difference, and one is recommended', () => {
    const { options, recommended_index } = first.proposal
    expect(options.map((option) => option.id).sort()).toEqual(['dummy', 'glassbox', 'glassbox-main', 'linear', 'trees'])
    expect(options.filter((option) => option.recommended).map((option) => option.index)).toEqual([recommended_index])
    expect(options.map((option) => option.score)).toEqual(
      options.map((option) => option.score).toSorted((a, b) => Number(b) - Number(a)),
    )
    for (const option of options) expect(option.evidence[0]?.interval).toHaveLength(2)
    expect(
      options
        .find((option) => option.id === 'dummy')
        ?.evidence.map((one) => one.text)
        .join(' '),
    ).toMatch(/Distinguishable: .* worse in AUC/)
    expect(options.find((option) => option.id === 'glassbox-main')?.recommended).toBe(true)
  })

  test('the sealed rows are measured with intervals, and an evaluation is kept', async () => {
    const { outcome, tools } = first
    expect(Object.keys(outcome.test_metrics).sort()).toEqual(['accuracy', 'auc', 'brier', 'f1', 'logloss'])
    expect(outcome.test_metrics.auc?.value).toBeGreaterThan(0.75)
    expect(outcome.rows).toEqual({ train: 400, test: 100, looks: 1 })
    const evaluation = await tools.blobs.get(outcome.evaluation)
    expect(Object.keys(Object(evaluation))).toEqual(
      expect.arrayContaining(['board', 'class_table', 'confusion', 'curves', 'reliability', 'shapes', 'thresholds']),
    )
    expect(evaluation).toMatchObject({
      segments: { loss: 'log loss', rows: 100, metrics: { logloss: outcome.test_metrics.logloss?.value } },
      lift: [{ rows: 10 }, ...Array(9).fill({})],
      precision_by_share: Array(20).fill({}),
      score_histogram: Array(20).fill({}),
    })
  })

  test('the same rows and seed give the same model, another seed another', async () => {
    const again = await trained({ columns: forEvent, label: 'event', task: 'binary' })
    expect(again.outcome).toEqual(first.outcome)
    const other = await trained({ columns: forEvent, label: 'event', task: 'binary', tools: { seed: 2 } })
    expect(other.outcome.model).not.toBe(first.outcome.model)
  })

  test('sealed rows change what is measured, and never the model', async () => {
    const flipped = changed(forEvent, 'event', (cell, row) => (row % 5 === 4 ? (cell === 'yes' ? 'no' : 'yes') : cell))
    const other = await trained({ columns: flipped, label: 'event', task: 'binary' })
    expect(other.outcome.model).toBe(first.outcome.model)
    expect(other.outcome.test_metrics.auc?.value).toBeCloseTo(1 - (first.outcome.test_metrics.auc?.value ?? 0), 9)
  })

  test('measuring anew gives what was kept from the proposal', async () => {
    const { facts, tools, proposal, outcome } = first
    const decision = orThrow(trainPhase.read({ action: 'train' }, proposal))
    expect(decision.measured).not.toBeNull()
    const applied = orThrow(await trainPhase.apply(facts, { ...decision, measured: null }, tools))
    expect(applied.outcome).toEqual(outcome)
  })

  test('the model is a scorer that says what was measured', async () => {
    const scorer = orThrow(readScorer(await first.tools.blobs.get(first.outcome.model)))
    const said = scorer.predictRow({ dose: 9, age: 50, site: 'east', noise: 0.5 })
    expect(said.task === 'binary' && said.probability).toBeGreaterThan(0.5)
    expect(scorer.document.pipeline.reads).toEqual(['dose', 'age', 'site', 'noise'])
  })

  test('directions, columns and a threshold are as asked', async () => {
    const answer: Answer = {
      choice_index: first.proposal.options.findIndex((option) => option.id === 'glassbox-main'),
      selected_features: ['dose', 'age'],
      monotonic_constraints: { dose: 'increasing' },
      custom_value: { threshold: 0.3, bags: 3 },
    }
    const { outcome, tools } = await trained({ columns: forEvent, label: 'event', task: 'binary', answer })
    expect(outcome).toMatchObject({
      features: ['dose', 'age'],
      monotone: { dose: 'increasing' },
      threshold: 0.3,
      trainer: 'glassbox-main',
    })
    const scorer = orThrow(readScorer(await tools.blobs.get(outcome.model)))
    const [dose] = scorer.document.model.terms
    const scores = dose?.kind === 'numeric' ? (dose.scores[0] ?? []) : []
    expect(scores.length).toBeGreaterThan(3)
    expect(scores).toEqual(scores.toSorted((a, b) => a - b))
    expect(scorer.document.model.training.rounds).toHaveLength(3)
  })

  test('a dear miss lowers the threshold', async () => {
    const { outcome } = await trained({
      columns: forEvent,
      label: 'event',
      task: 'binary',
      answer: { action: 'train', custom_value: { cost: { false_positive: 1, false_negative: 9 } } },
    })
    expect(outcome.threshold).toBeLessThan(0.25)
  })
})

test('a number is predicted with R² and residuals', async () => {
  const { outcome, proposal, tools } = await trained({
    columns: without(columns, 'event', 'grade'),
    label: 'cost',
    task: 'regression',
  })
  expect(Object.keys(outcome.test_metrics).sort()).toEqual(['mae', 'r2', 'rmse'])
  expect(outcome.test_metrics.r2?.value).toBeGreaterThan(0.8)
  expect(proposal.context.monotone_proposals).toMatchObject({
    proposed: true,
    features: [{ feature: 'dose', direction: 'increasing' }],
  })
  expect(outcome.monotone).toEqual({ dose: 'increasing' })
  expect(await tools.blobs.get(outcome.evaluation)).toMatchObject({
    residuals: { rows: 100 },
    residual_plots: { deciles: Array(10).fill({ rows: 10 }), predicted_actual: Array(100).fill({}) },
    segments: { loss: 'squared error' },
  })
})

test('three classes are ranked by log loss with its sign turned', async () => {
  const { outcome, proposal } = await trained({
    columns: without(columns, 'event', 'cost'),
    label: 'grade',
    task: 'multiclass',
  })
  expect(proposal.context.metric).toMatchObject({ name: 'logloss', better: 'lower' })
  expect(proposal.options[0]?.score).toBeLessThan(0)
  expect(outcome.test_metrics.accuracy?.value).toBeGreaterThan(0.6)
  expect(outcome.threshold).toBeNull()
})

test('columns that say nothing lead to the baseline, and the reason is told', async () => {
  const noise = without(generatedColumns({ rows: 200, seed: 3, strength: 0 }), 'cost', 'grade')
  const { outcome, proposal } = await trained({ columns: noise, label: 'event', task: 'binary' })
  expect(outcome.trainer).toBe('dummy')
  expect(proposal.context.recommendation).toContain('No distinguishable gain')
  expect(outcome.test_metrics.auc?.value).toBe(0.5)
})

test('xplainable compares main effects with the baseline only', async () => {
  const { facts, tools } = prepared({ columns: forEvent, label: 'event', task: 'binary' })
  const proposal = orThrow(await trainPhase.propose({ ...facts, algorithm: 'xplainable' }, tools))
  expect(proposal.options.map((option) => option.id).sort()).toEqual(['dummy', 'glassbox-main'])
})

describe('rows that are weighed', () => {
  const weight: MadeColumn = { name: 'weight', type: 'number', cells: Array.from({ length: 500 }, (_, row) => row % 3) }
  const weighed = [...forEvent, weight]

  async function trainedWith(cells: MadeColumn['cells']): Promise<Trained> {
    const columns = changed(weighed, 'weight', (_, row) => cells[row] ?? null)
    const { made, facts } = labelledOutcome({ columns, label: 'event', task: 'binary', weight: 'weight' })
    const tools = memoryTools([made])
    const proposal = orThrow(await trainPhase.propose(facts, tools))
    const answer = { custom_value: { trainer: 'linear' } }
    return orThrow(await trainPhase.apply(facts, orThrow(trainPhase.read(answer, proposal)), tools)).outcome
  }

  test('fits and metrics heed the weights, and what they say is noted', async () => {
    const [plain, other] = [await trainedWith(weight.cells.map(() => 1)), await trainedWith(weight.cells)]
    const unweighed = await trained({ columns: forEvent, label: 'event', task: 'binary', answer: { custom_value: { trainer: 'linear' } } })
    expect(plain.test_metrics).toEqual(unweighed.outcome.test_metrics)
    expect(other.test_metrics.auc?.value).not.toBeCloseTo(plain.test_metrics.auc?.value ?? 0, 6)
    expect(other.cv_metrics.auc?.value).not.toBeCloseTo(plain.cv_metrics.auc?.value ?? 0, 6)
    expect(other.model).not.toBe(plain.model)
    expect(other.notes.join(' ')).toContain('weighed by "weight"')
  })

  test('a weight that is missing or below 0 is refused', async () => {
    await expect(trainedWith(weight.cells.map((cell, row) => (row === 7 ? null : cell)))).rejects.toThrow(/row 6 it is missing/)
    await expect(trainedWith(weight.cells.map((cell, row) => (row === 7 ? -1 : cell)))).rejects.toThrow(/it is -1/)
    await expect(trainedWith(weight.cells.map(() => 0))).rejects.toThrow(/0 in all training rows/)
  })

  test('rows of weight 0 change nothing that is learnt or measured', async () => {
    const { made, facts } = labelledOutcome({ columns: weighed, label: 'event', task: 'binary', weight: 'weight' })
    const flipped = changed(weighed, 'event', (cell, row) => (row % 3 === 0 ? (cell === 'yes' ? 'no' : 'yes') : cell))
    const other = labelledOutcome({ columns: flipped, label: 'event', task: 'binary', weight: 'weight' })
    const decision = { trainer: 'linear', features: ['dose', 'age'], settings: { penalty: 1 }, monotone: {}, measured: null } as const
    async function appliedTo(given: { facts: Facts; made: typeof made }): Promise<Trained> {
      const tools = memoryTools([given.made])
      const board = await tools.blobs.put({})
      return orThrow(await trainPhase.apply(given.facts, { ...decision, features: [...decision.features], board }, tools)).outcome
    }
    const [one, two] = [await appliedTo({ facts, made }), await appliedTo(other)]
    expect(two.test_metrics.auc?.value).toBe(one.test_metrics.auc?.value)
    expect(two.model).toBe(one.model)
  })
})

test('boosted trees are trained, scored and drawn like any model', async () => {
  const { outcome, tools, proposal } = await trained({ columns: forEvent, label: 'event', task: 'binary', answer: { custom_value: { trainer: 'trees', max_rounds: 20, leaves: 8 } } })
  expect(outcome).toMatchObject({ trainer: 'trees', trainer_title: 'Boosted trees', monotone: {} })
  expect(outcome.test_metrics.auc?.value).toBeGreaterThan(0.7)
  const scorer = orThrow(readScorer(await tools.blobs.get(outcome.model)))
  const said = scorer.predictRow({ dose: 9, age: 50, site: 'east', noise: 0.5 })
  const total = said.contributions.reduce((sum, one) => sum + Number(one.contributions[0]), Number(said.intercepts[0]))
  expect(total).toBeCloseTo(Number(said.score), 9)
  const evaluation = Object(await tools.blobs.get(outcome.evaluation))
  expect(evaluation.shapes).toMatchObject({ kind: 'partial dependence', terms: Array(4).fill({ scores: [expect.any(Array)] }) })
  const trees = proposal.options.find((option) => option.id === 'trees')
  expect(trees?.evidence.find((one) => one.label === 'Trees')).toMatchObject({ value: 100 })
})

test('the card of a glass box says its curves, pairs and work in counts, never in times', async () => {
  const { facts, tools } = prepared({ columns: forEvent, label: 'event', task: 'binary' })
  const { options } = orThrow(await trainPhase.propose(facts, tools))
  const glassbox = options.find((option) => option.id === 'glassbox')
  const [terms, work] = ['Terms', 'Work'].map((label) => glassbox?.evidence.find((one) => one.label === label))
  expect(terms?.data).toMatchObject({ terms: Number(Object(terms?.data).pairs) + 4 })
  expect(work?.text).toMatch(/^6 fits: one a fold and one on all 400 training rows, which averages \d+ bags of .* rounds/)
})
