import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blobPath } from '#blobs/blob-path'
import { offeredPhases } from '#phases/pipeline'
import { crashTable } from './long/crash-table.ts'
import { codeOf, endOf, nextCard, openTestHouse, recommendedAnswer, type TestHouse } from './house.testkit.ts'

let house: TestHouse

beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const auto = { model_name: 'test', auto_mode: true } as const

describe('a run with every gate', () => {
  test('asks at each phase, keeps what was answered, and ends with a tested model', async () => {
    const { client } = house
    const dataset_id = await house.upload(crashTable())
    const { run_id, status } = await client.agentic.startRun({ model_name: 'asked', dataset_id, target: 'label' })
    expect(status).toBe('queued')
    const asked: string[] = []
    for (let i = 0; i < offeredPhases.length; i++) {
      const card = await nextCard(client, run_id)
      asked.push(card.decision_type)
      expect(card.accepts).toMatchObject({ type: 'object' })
      if (card.phase === 'model_training') expect(card.context.seconds).toEqual(Object.fromEntries(card.options.map(({ id }) => [id, expect.any(Number)])))
      await client.agentic.submitDecision(run_id, { ...recommendedAnswer(card), rationale: 'as recommended' })
    }
    const ended = await endOf(client, run_id)
    expect(asked).toEqual(offeredPhases)
    expect(ended).toMatchObject({ status: 'completed', label: 'label', task: 'binary', progress: 1, current_phase: null, error: null })
    expect(ended.results.metrics.auc).toBeGreaterThan(0.7)
    expect(ended.results.model_hash).toMatch(/^[0-9a-f]{64}$/)
    expect((await client.agentic.getPhases(run_id)).map(({ status: phase }) => phase)).toEqual(offeredPhases.map(() => 'completed'))
    expect(await client.agentic.getPendingDecision(run_id)).toBeNull()
  })

  test('shows the way of its columns, from raw to model term', async () => {
    const { client } = house
    const { run_id } = await client.agentic.startRun({ ...auto, dataset_id: await house.upload(crashTable()), target: 'label' })
    await endOf(client, run_id)
    const dag = await client.agentic.getPreprocessingDag(run_id)
    expect(dag.nodes[0]).toMatchObject({ type: 'raw_table', columns: ['amount', 'visits', 'colour', 'label'] })
    expect(dag.nodes.at(-1)).toMatchObject({ type: 'model_input', columns: expect.arrayContaining(['amount', 'visits']) })
    // Columns that no step touches go straight to the model.
    expect(dag.edges).toContainEqual({ source: 'raw', target: 'model_input', columns: ['visits', 'colour'] })
    for (const { id } of dag.nodes.slice(1)) expect(dag.edges.some(({ target }) => target === id)).toBe(true)
    const lineage = await client.agentic.getColumnLineage(run_id)
    expect(lineage.edges).toContainEqual(expect.objectContaining({ source: 'prepared:amount', target: 'term:amount' }))
    expect(lineage.edges).toContainEqual(expect.objectContaining({ source: 'raw:amount', target: 'prepared:amount', step: expect.any(String) }))
    expect(lineage.columns).toContainEqual(expect.objectContaining({ id: 'prepared:label', type: 'label' }))
  })
})

test('the same run gives the same model, whatever it is called', async () => {
  const { client } = house
  const hashes: (string | null)[] = []
  for (const model_name of ['one', 'other']) {
    const { run_id } = await client.agentic.startRun({ ...auto, model_name, dataset_id: await house.upload(crashTable()), target: 'label' })
    hashes.push((await endOf(client, run_id)).results.model_hash)
  }
  expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(hashes[1]).toBe(hashes[0])
})

describe('a file that is no table is refused at upload', () => {
  test.each([
    ['an empty file', '', 'FILE_EMPTY'],
    ['blank lines only', '\n\n  \n', 'FILE_EMPTY'],
    ['a header only', 'a,b,c\n', 'FILE_HEADER_ONLY'],
    ['a binary file', new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0])]), 'FILE_BINARY'],
  ])('%s', async (_, content, code) => {
    const before = (await house.client.datasets.list((await house.client.connect()).team_id)).length
    expect(await codeOf(house.upload(content))).toBe(code)
    expect(await house.client.datasets.list((await house.client.connect()).team_id)).toHaveLength(before)
  })
})

describe('a table on which no model can be trained is read, and the run says why it cannot go on', () => {
  test.each([
    ['one row', 'a,b,label\n1,2,yes\n', 'label', ['TOO_FEW_ROWS', 'LABEL_UNUSABLE']],
    ['one column', `label\n${Array.from({ length: 60 }, (_, i) => (i % 2 ? 'yes' : 'no')).join('\n')}\n`, 'label', ['NO_FEATURES']],
    ['every label missing', `a,label\n${Array.from({ length: 60 }, (_, i) => `${i},`).join('\n')}\n`, 'label', ['LABEL_UNUSABLE']],
    ['one class only', `a,label\n${Array.from({ length: 60 }, (_, i) => `${i},yes`).join('\n')}\n`, 'label', ['LABEL_UNUSABLE']],
  ])('%s', async (...[, csv, target, codes]) => {
    const { client } = house
    const { run_id } = await client.agentic.startRun({ ...auto, dataset_id: await house.upload(csv), target })
    const ended = await endOf(client, run_id)
    expect(ended.status).toBe('failed')
    expect(codes).toContain(ended.error?.code)
    expect(ended.error?.message).toMatch(/\w{3}.*\.$/)
    expect(ended.error?.suggestion).not.toBe('')
  })
})

describe('what does not fit is refused with its own code, and changes nothing', () => {
  test('an unknown phase, one that is not offered, a plan out of order or without what it needs', async () => {
    const dataset_id = await house.upload(crashTable())
    const start = (phase_plan: string[]) => codeOf(house.client.agentic.startRun({ ...auto, dataset_id, phase_plan }))
    const before = (await house.client.agentic.listRuns({ limit: 200 })).runs.length
    expect(await start(['cleaning'])).toBe('PHASE_UNKNOWN')
    expect(await start(['label_selection', 'data_preparation'])).toBe('PHASE_PLAN_ORDER')
    expect(await start(['model_training'])).toBe('PHASE_PLAN_NEEDS')
    expect(await codeOf(house.client.agentic.startRun({ ...auto, dataset_id, require_approval: ['cleaning'] }))).toBe('PHASE_UNKNOWN')
    expect(await codeOf(house.client.agentic.startRun({ ...auto, dataset_id, target: 'lable' }))).toBe('LABEL_UNKNOWN_COLUMN')
    expect(await codeOf(house.client.agentic.startRun(auto))).toBe('DATASET_REQUIRED')
    expect((await house.client.agentic.listRuns({ limit: 200 })).runs).toHaveLength(before)
  })

  test('an index out of range, a decision for another phase, and one after the end', async () => {
    const { client } = house
    const { run_id } = await client.agentic.startRun({ model_name: 'refused', dataset_id: await house.upload(crashTable()), require_approval: ['label_selection'], target: 'label' })
    const card = await nextCard(client, run_id)
    const submit = (body: object) => codeOf(client.agentic.submitDecision(run_id, { decision_type: 'label_selection', ...body }))
    expect(await submit({ choice_index: 999 })).toBe('CHOICE_OUT_OF_RANGE')
    expect(await submit({ choice_index: -1 })).toBe('CHOICE_OUT_OF_RANGE')
    expect(await submit({})).toBe('DECISION_INVALID')
    expect(await submit({ decision_type: 'model_training', choice_index: 0 })).toBe('DECISION_NOT_OPEN')
    expect(await submit({ decision_type: 'lunch', choice_index: 0 })).toBe('PHASE_UNKNOWN')
    expect(await submit({ custom_value: 'no such column' })).toBe('LABEL_UNKNOWN_COLUMN')
    expect(await client.agentic.getPendingDecision(run_id)).toEqual(card)
    await client.agentic.cancelRun(run_id)
    expect(await submit({ choice_index: 0 })).toBe('DECISION_NOT_OPEN')
    expect(await codeOf(client.agentic.resumeRun(run_id))).toBe('NOT_PAUSED')
    expect(await codeOf(client.agentic.skipPhase(run_id))).toBe('NOTHING_TO_SKIP')
  })
})

test('two clients that answer one decision differently at once: one wins, the other is told', async () => {
  const { client } = house
  const { run_id } = await client.agentic.startRun({ model_name: 'raced', dataset_id: await house.upload(crashTable()), require_approval: ['data_preparation'], target: 'label' })
  const { decision_id, revision, decision_type } = await nextCard(client, run_id)
  const answers = [[], [0]].map((apply_indices) => client.agentic.submitDecision(run_id, { decision_type, decision_id, revision, apply_indices }))
  const done = await Promise.allSettled(answers)
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { status: 409, code: 'DECISION_ALREADY_MADE' } })
  await endOf(client, run_id)
})

test('the wishes of the query count: the target that it names, and the column that it does not want', async () => {
  const { client } = house
  const { run_id } = await client.agentic.startRun({ ...auto, dataset_id: await house.upload(crashTable()), user_query: "predict label, don't use colour" })
  const ended = await endOf(client, run_id)
  expect(ended.label).toBe('label')
  const { nodes } = await client.agentic.getPreprocessingDag(run_id)
  expect(nodes.at(-1)?.columns).not.toContain('colour')
})

test('a deleted run is gone from the lists, its artifacts are erased, and the chain holds', async () => {
  const { client } = house
  const dataset_id = await house.upload(`${crashTable()}\n1,2,red,yes`)
  const { run_id } = await client.agentic.startRun({ ...auto, dataset_id, target: 'label' })
  expect(await codeOf(client.agentic.deleteRun(run_id))).toBe('RUN_NOT_ENDED')
  await endOf(client, run_id)
  expect(await codeOf(client.datasets.delete(dataset_id))).toBe('DATASET_IN_USE')
  await client.agentic.deleteRun(run_id)
  expect(await codeOf(client.agentic.getRunState(run_id))).toBe('NOT_FOUND')
  expect(await client.datasets.delete(dataset_id)).toMatchObject({ status: 'deleted' })
  expect((await house.house.verify()).faults).toEqual([])
})

test('rows that are none of the table can be fetched, and go with the dataset', async () => {
  const { client } = house
  const text = 'a;b\n1;x\n2;y\n3;y;z\nNote: made up;\n'
  const { dataset_id, rows } = await client.datasets.upload(Buffer.from(text), { name: 't', readOptions: { delimiter: ';' } })
  expect(rows).toBe(2)
  const report = (await client.datasets.get(dataset_id)).metadata?.read_report
  expect(report).toMatchObject({ rejected_rows: 2, options: { delimiter: ';' }, set_aside: { reasons: { too_many_fields: 1, junk_row: 1 } } })
  const aside = await new Response(await client.datasets.downloadSetAside(dataset_id)).text()
  expect(aside).toBe('record,reason,row\n4,too_many_fields,3;y;z\n5,junk_row,Note: made up;\n')
  expect(await codeOf(client.datasets.upload(Buffer.from(text), { name: 't', readOptions: JSON.parse('{"delimiter": "x"}') }))).toBe('VALIDATION_FAILED')
  const stored = blobPath(join(house.dataDir, 'blobs'), report?.set_aside?.hash ?? '')
  expect(existsSync(stored)).toBe(true)
  await client.datasets.delete(dataset_id)
  expect(await codeOf(client.datasets.downloadSetAside(dataset_id))).toBe('DATASET_NOT_FOUND')
  await expect.poll(() => existsSync(stored), { timeout: 15_000 }).toBe(false)
})

test('names with quotes, emoji and semicolons go through a whole run', async () => {
  const { client } = house
  const rows = crashTable().split('\n').slice(1)
  const header = '"say ""amount""; ok","🚲 visits","colour\'s; drop table x",label'
  const { run_id } = await client.agentic.startRun({ ...auto, dataset_id: await house.upload([header, ...rows].join('\n')), target: 'label' })
  const ended = await endOf(client, run_id)
  expect(ended).toMatchObject({ status: 'completed' })
  const { columns } = await client.agentic.getColumnLineage(run_id)
  expect(columns.filter(({ type }) => type === 'raw').map(({ name }) => name)).toEqual(['say "amount"; ok', '🚲 visits', "colour's; drop table x", 'label'])
})

test('a table of 300 columns completes a run', { timeout: 180_000 }, async () => {
  const { client } = house
  const next = (i: number, j: number) => ((i * 48_271 + j * 16_807 + i * j * 7) % 1009) / 1009
  const header = [...Array.from({ length: 299 }, (_, j) => `c${j}`), 'label'].join(',')
  const rows = Array.from({ length: 400 }, (_, i) => {
    const cells = Array.from({ length: 299 }, (_, j) => (j % 10 === 0 ? 'abcd'[(i + j) % 4] : next(i, j).toFixed(3)))
    return [...cells, next(i, 1) + next(i, 2) > 1 ? 'yes' : 'no'].join(',')
  })
  const { run_id } = await client.agentic.startRun({ ...auto, dataset_id: await house.upload([header, ...rows].join('\n')), target: 'label' })
  expect(await endOf(client, run_id)).toMatchObject({ status: 'completed' })
})
