import { expect, test } from 'vitest'
import type { Refusal } from '#core/errors'
import { orThrow } from '#core/errors'
import type { Trained } from '#core/outcomes'
import type { Cell } from '#core/ports'
import { seededRandom } from '#ml/random'
import { changed, generatedColumns, without } from './generated-columns.testkit.ts'
import { labelledOutcome } from './labelled.testkit.ts'
import { type MadeColumn, memoryTools } from './memory-tools.testkit.ts'
import { trainPhase } from './phase.ts'

type Request = Parameters<typeof labelledOutcome>[0]

async function train(request: Request): Promise<Trained> {
  const { made, facts } = labelledOutcome(request)
  const tools = memoryTools([made])
  const proposal = orThrow(await trainPhase.propose(facts, tools))
  for (const option of proposal.options) expect(JSON.stringify(option)).not.toContain('NaN')
  const decision = trainPhase.recommended(proposal, { auto_deploy: false, auto_apply_safe_features: true })
  if (decision === null) throw new Error('nothing is recommended')
  return orThrow(await trainPhase.apply(facts, decision, tools)).outcome
}

async function refusal(request: Request): Promise<Refusal> {
  const { made, facts } = labelledOutcome(request)
  const proposed = await trainPhase.propose(facts, memoryTools([made]))
  if (proposed.ok) throw new Error('was accepted')
  return proposed.refusal
}

const columns = generatedColumns({ rows: 300, seed: 5 })
const forEvent = without(columns, 'cost', 'grade')
const first = (made: readonly MadeColumn[], rows: number): MadeColumn[] =>
  made.map((column) => ({ ...column, cells: column.cells.slice(0, rows) }))

test('too few rows are refused with the count that is needed', async () => {
  const found = await refusal({ columns: first(forEvent, 20), label: 'event', task: 'binary' })
  expect(found.code).toBe('TOO_FEW_ROWS')
  expect(found.message).toContain('at least 20')
})

test('training rows of one class are refused', async () => {
  const one = changed(forEvent, 'event', (_, row) => (row % 5 === 4 ? 'yes' : 'no'))
  expect(await refusal({ columns: one, label: 'event', task: 'binary' })).toMatchObject({
    code: 'TOO_FEW_ROWS',
    message: expect.stringContaining('two classes'),
  })
})

test('a label that is one number in the training rows is refused', async () => {
  const flat = changed(without(columns, 'event', 'grade'), 'cost', () => 3)
  expect((await refusal({ columns: flat, label: 'cost', task: 'regression' })).code).toBe('LABEL_UNUSABLE')
})

test('columns without information leave nothing to learn from, each with its reason', async () => {
  const useless: MadeColumn[] = [
    { name: 'flat', type: 'number', cells: columns[0]?.cells.map(() => 4) ?? [] },
    { name: 'void', type: 'text', cells: columns[0]?.cells.map(() => null) ?? [] },
    { name: 'words', type: 'text', cells: columns[0]?.cells.map((_, row) => `text ${row}`) ?? [] },
  ]
  const found = await refusal({
    columns: [...useless, ...without(forEvent, 'dose', 'age', 'site', 'noise')],
    label: 'event',
    task: 'binary',
  })
  expect(found.code).toBe('NO_FEATURES')
  expect(found.message).toContain('"flat" has one value only')
  expect(found.message).toContain('"void" has no value')
  expect(found.message).toContain('different texts')
})

test('rows of one group cannot be divided', async () => {
  const split = { kind: 'group', column: 'site', test: { share: 0.2, seed: 1 } } as const
  const found = await refusal({
    columns: forEvent,
    label: 'event',
    task: 'binary',
    groups: forEvent[0]?.cells.map(() => 1) ?? [],
    split,
  })
  expect(found).toMatchObject({ code: 'TOO_FEW_ROWS', message: expect.stringContaining('one group') })
})

test('a class with one training row is a risk on the card, and the model is trained', async () => {
  const rare = changed(without(columns, 'event', 'cost'), 'grade', (cell, row) => (row === 0 ? 'unique' : cell))
  const { made, facts } = labelledOutcome({ columns: rare, label: 'grade', task: 'multiclass' })
  const proposal = orThrow(await trainPhase.propose(facts, memoryTools([made])))
  expect(proposal.options[0]?.risks.join(' ')).toContain('Rare classes: "unique" (1)')
  const outcome = await train({ columns: rare, label: 'grade', task: 'multiclass' })
  expect(outcome.classes).toContain('unique')
  expect(outcome.test_metrics.logloss?.value).toBeGreaterThan(0)
})

test('test rows of one class have no AUC, and a note says so', async () => {
  const lopsided = changed(forEvent, 'event', (cell, row) => (row % 5 === 4 ? 'no' : cell))
  const outcome = await train({ columns: lopsided, label: 'event', task: 'binary' })
  expect(outcome.test_metrics).not.toHaveProperty('auc')
  expect(outcome.test_metrics).toHaveProperty('accuracy')
  expect(outcome.notes.join(' ')).toContain('AUC is not defined on the test rows')
})

test('values that training never saw are scored', async () => {
  const strange = changed(
    changed(forEvent, 'site', (cell, row) => (row % 5 === 4 ? 'moon' : cell)),
    'dose',
    (cell, row) => (row % 5 === 4 ? 1e9 : cell),
  )
  expect((await train({ columns: strange, label: 'event', task: 'binary' })).test_metrics).toHaveProperty('auc')
})

test('folds and test by time work', async () => {
  const when: MadeColumn = {
    name: 'when',
    type: 'date',
    cells: columns[0]?.cells.map((_, row) => (row * 7919) % 300) ?? [],
  }
  const split = { kind: 'time', column: 'when', test: { share: 0.2, seed: 1 } } as const
  const outcome = await train({
    columns: [...forEvent, when],
    label: 'event',
    task: 'binary',
    split,
    time: 'when',
    drop: ['when'],
  })
  expect(outcome.test_metrics).toHaveProperty('auc')
})

test('more columns than rows are a risk on the card', async () => {
  const random = seededRandom(9)
  const extra = Array.from(
    { length: 45 },
    (_, i): MadeColumn => ({
      name: `noise_${i}`,
      type: 'number',
      cells: Array.from({ length: 50 }, () => random.next()),
    }),
  )
  const { made, facts } = labelledOutcome({
    columns: [...first(forEvent, 50), ...extra],
    label: 'event',
    task: 'binary',
  })
  const proposal = orThrow(await trainPhase.propose(facts, memoryTools([made])))
  expect(proposal.options[0]?.risks.join(' ')).toContain('More columns than rows')
})

test('forty classes are learnt', async () => {
  const random = seededRandom(4)
  const key = Array.from({ length: 300 }, () => random.next() * 40)
  const wide: MadeColumn[] = [
    { name: 'key', type: 'number', cells: key },
    {
      name: 'kind',
      type: 'text',
      cells: key.map((value): Cell => `kind ${String(Math.floor(value)).padStart(2, '0')}`),
    },
  ]
  const outcome = await train({ columns: wide, label: 'kind', task: 'multiclass' })
  expect(outcome.classes).toHaveLength(40)
  expect(Number.isFinite(outcome.test_metrics.logloss?.value)).toBe(true)
})

test('a run that is cancelled stops', async () => {
  const { made, facts } = labelledOutcome({ columns: forEvent, label: 'event', task: 'binary' })
  const signal = AbortSignal.abort()
  await expect(trainPhase.propose(facts, memoryTools([made], { signal }))).rejects.toThrow()
})

test('progress only rises, from 0 to 1, with a text', async () => {
  const { made, facts } = labelledOutcome({ columns: forEvent, label: 'event', task: 'binary' })
  const told: number[] = []
  const progress = (fraction: number, text?: string): void => {
    expect(text).toBeTruthy()
    told.push(fraction)
  }
  await trainPhase.propose(facts, memoryTools([made], { progress }))
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect([told[0], told.at(-1)]).toEqual([0, 1])
})

test('features that were added are learnt from in place of the label decision', async () => {
  const { made, labelled, facts } = labelledOutcome({ columns: forEvent, label: 'event', task: 'binary' })
  const features = labelled.features.filter((column) => column.name !== 'noise')
  const featured = { ...labelled, features, added: [] }
  const tools = memoryTools([made])
  const outcomes = { ...facts.outcomes, feature_engineering: featured }
  const proposal = orThrow(await trainPhase.propose({ ...facts, outcomes }, tools))
  expect(proposal.context.features).toHaveLength(3)
})

test('a weight is refused, since no trainer heeds it', async () => {
  const { made, labelled, facts } = labelledOutcome({ columns: forEvent, label: 'event', task: 'binary' })
  const weighted = { ...facts, outcomes: { label_selection: { ...labelled, weight: labelled.features[0] ?? null } } }
  const proposed = await trainPhase.propose(weighted, memoryTools([made]))
  expect(proposed).toMatchObject({ ok: false, refusal: { code: 'CUSTOM_REFUSED' } })
})
