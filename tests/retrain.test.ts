import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ownerKey } from '#cli/owner-key'
import { labelledSchema } from '#core/outcomes'
import { name, sql } from '#core/sql'
import { openHouse, type House } from '#main'
import type { Phase } from '#phases/phase'
import { phases } from '#phases/pipeline'
import { Signalbox } from '#sdk/client'
import type { RetrainInput } from '#wire/retrain'
import type { RunStateAnswer } from '#wire/run-state'
import { codeOf, endOf, nextCard, recommendedAnswer } from './house.testkit.ts'
import { crashTable } from './long/crash-table.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'signalbox-retrain-'))
/** Each proposing and applying that was really done. */
let computed: string[] = []
/** A report tells of its own run, so it is written anew; everything else is found again. */
const repeatable = (steps: readonly string[]) => steps.filter((step) => !step.endsWith('report_creation'))
/** The values of the columns of each row that the last label decision sealed, by their row id. */
let sealed = new Map<number, string>()
let house: House
let client: Signalbox
let parent: string
let sealedByParent: Map<number, string>

beforeAll(async () => {
  house = await openHouse({ dataDir, fast: true, threads: 2, memoryMb: 1024, phases: phases.map(watched) })
  const apiKey = await ownerKey(house, dataDir)
  await house.work(2)
  const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
  client = new Signalbox({ baseUrl: url, apiKey })
  const started = await client.agentic.startRun({ model_name: 'parent', auto_mode: true, dataset_id: await upload(crashTable()), target: 'label', require_approval: ['data_preparation'] })
  parent = started.run_id
  const card = await nextCard(client, parent)
  expect(await codeOf(client.agentic.retrain(parent))).toBe('RUN_NOT_COMPLETED')
  await client.agentic.submitDecision(parent, { ...recommendedAnswer(card), rationale: 'as it should be' })
  expect(await endOf(client, parent)).toMatchObject({ status: 'completed' })
  sealedByParent = sealed
})
afterAll(async () => {
  await house.close()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(() => {
  computed = []
})

function watched(phase: Phase): Phase {
  return {
    ...phase,
    propose(facts, tools) {
      computed.push(`propose ${phase.name}`)
      return phase.propose(facts, tools)
    },
    async apply(facts, decision, tools) {
      computed.push(`apply ${phase.name}`)
      const applied = await phase.apply(facts, decision, tools)
      if (phase.name !== 'label_selection' || !applied.ok) return applied
      const labelled = labelledSchema.parse(applied.value.outcome)
      const query = sql`select raw.* from raw where row_id in (select row_id from labelled where ${name(labelled.sealed)}) order by row_id`
      const rows = await tools.data.query(query, { tables: { raw: facts.table.hash, labelled: labelled.table.hash }, signal: tools.signal })
      sealed = new Map(rows.map(({ row_id, ...cells }) => [Number(row_id), JSON.stringify(cells)]))
      return applied
    },
  }
}

async function upload(csv: string): Promise<string> {
  return (await client.datasets.upload(new Blob([csv]), { name: 'table', fileName: 'table.csv' })).dataset_id
}

async function retrained(body: RetrainInput = {}, of = parent): Promise<RunStateAnswer> {
  const { run_id } = await client.agentic.retrain(of, body)
  const ended = await endOf(client, run_id)
  expect(ended).toMatchObject({ status: 'completed', parent_run_id: of, error: null })
  return ended
}

const lines = crashTable().split('\n')
/** Rows that are not in the table of the parent. */
const newRows = lines.slice(1, 201).map((row, i) => row.replace(/^[^,]*,\d+/, `${(i * 13) % 101},${60 + (i % 50)}`))
const longer = [...lines, ...newRows].join('\n')
/** The table with its columns picked anew from each row's cells. */
const reshaped = (pick: (cells: string[], i: number) => string[]) => lines.map((line, i) => pick(line.split(','), i).join(',')).join('\n')

describe('with nothing changed', () => {
  test('it gives the same model, as a new version, and computes nothing again', async () => {
    const answer = await client.agentic.retrain(parent)
    expect(answer).toEqual({ run_id: expect.any(String), status: 'queued', parent_run_id: parent })
    const [before, ended] = [await client.agentic.getRunState(parent), await endOf(client, answer.run_id)]
    expect(repeatable(computed)).toEqual([])
    expect(ended).toMatchObject({ status: 'completed', parent_run_id: parent, name: 'parent', settings: { require_approval: [] } })
    expect(ended.results).toMatchObject({ model_hash: before.results.model_hash, model_id: before.results.model_id, metrics: before.results.metrics })
    expect(ended.results.version_id).not.toBe(before.results.version_id)
    expect(ended.results.comparison).toMatchObject({ same_model: true, looks: 1, rows: 120 })
    expect(before.results.comparison).toBeNull()
  })

  test('another name changes nothing but the name', async () => {
    const ended = await retrained({ name: 'again' })
    expect(repeatable(computed)).toEqual([])
    expect(ended).toMatchObject({ name: 'again', results: { comparison: { same_model: true } } })
  })
})

describe('on a new table', () => {
  test('what the parent sealed stays sealed, and both models are scored on it', async () => {
    const before = await client.agentic.getRunState(parent)
    const ended = await retrained({ dataset_id: await upload(longer) })
    expect(ended.results.model_hash).not.toBe(before.results.model_hash)
    expect(ended.results.model_id).toBe(before.results.model_id)
    for (const [row, cells] of sealedByParent) expect(sealed.get(row)).toBe(cells)
    expect(sealed.size).toBeGreaterThan(sealedByParent.size)
    const { comparison } = ended.results
    expect(comparison).toMatchObject({ same_model: false, rows: sealedByParent.size, looks: 2 })
    expect(comparison?.notes.join(' ')).toContain('120 rows equal one of the rows that were sealed before')
    for (const [metric, value] of Object.entries(before.results.metrics)) expect(comparison?.metrics[metric]?.parent).toBeCloseTo(value, 12)
    for (const { difference, low, high, parent: old, retrained: young, verdict } of Object.values(comparison?.metrics ?? {})) {
      expect(difference).toBeCloseTo(young - old, 12)
      expect(verdict === 'no distinguishable difference').toBe(low <= 0 && high >= 0)
    }

    computed = []
    const again = await retrained({}, ended.run_id)
    expect(repeatable(computed)).toEqual([])
    expect(again.results).toMatchObject({ model_hash: ended.results.model_hash, model_id: before.results.model_id, comparison: { same_model: true, looks: 2 } })

    const back = await retrained({ dataset_id: await upload(reshaped((cells) => cells)) }, ended.run_id)
    for (const [row, cells] of sealedByParent) expect(sealed.get(row)).toBe(cells)
    expect(back.results.comparison).toMatchObject({ looks: 3 })
  })

  test('the order of the columns does not matter, and a column that no decision knew is not used', async () => {
    const before = await client.agentic.getRunState(parent)
    const shuffled = reshaped(([amount = '', visits = '', colour = '', label = ''], i) => [label, colour, i === 0 ? 'extra' : String(i * 3), visits, amount])
    const ended = await retrained({ dataset_id: await upload(shuffled) })
    expect(ended.results.model_hash).toBe(before.results.model_hash)
    expect(ended.results.comparison?.notes.join(' ')).toContain('"extra"')
  })

  test('a column that the model needs and the table lacks is refused by name, before anything starts', async () => {
    const runs = (await client.agentic.listRuns({ limit: 200 })).runs.length
    const dataset_id = await upload(reshaped((cells) => cells.slice(1)))
    const refused = client.agentic.retrain(parent, { dataset_id })
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'DATASET_LACKS_COLUMNS', message: expect.stringContaining('"amount"') })
    expect(await codeOf(client.agentic.retrain(parent, { dataset_id: parent }))).toBe('DATASET_NOT_FOUND')
    expect((await client.agentic.listRuns({ limit: 200 })).runs).toHaveLength(runs)
  })

  test('it asks where a decision no longer fits: a label of which one class is gone', async () => {
    const labels = ['yes', 'no', 'maybe']
    const dataset_id = await upload(reshaped((cells, i) => (i === 0 ? cells : [...cells.slice(0, 3), labels[i % 3] ?? ''])))
    const { run_id } = await client.agentic.retrain(parent, { dataset_id })
    const card = await nextCard(client, run_id)
    expect(card.decision_type).toBe('label_selection')
    expect(card.context.retrain).toMatchObject({ parent_run_id: parent, text: expect.stringMatching(/no longer fits.*"label" has 3 different values/), parent: { decision: { name: 'label' } } })
    await client.agentic.submitDecision(run_id, recommendedAnswer(card))
    const ended = await endOf(client, run_id)
    expect(ended).toMatchObject({ status: 'completed', task: 'multiclass', results: { comparison: { rows: 0, metrics: {} } } })
    expect(ended.results.comparison?.text).toContain('not compared')
  })

  test('it asks where a column no longer holds what it held', async () => {
    const dataset_id = await upload(reshaped((cells, i) => cells.map((cell, j) => (j === 1 && i % 50 === 7 ? 'many' : cell))))
    const { run_id } = await client.agentic.retrain(parent, { dataset_id })
    const card = await nextCard(client, run_id)
    expect(card.decision_type).toBe('data_preparation')
    expect(card.context.retrain).toMatchObject({ text: '"visits" held whole numbers in the parent run and holds text now; 12 of its values cannot be read as before.' })
    await client.agentic.cancelRun(run_id)
  })
})

describe('with changes', () => {
  test('other steps give another model on the same sealed rows', async () => {
    const ended = await retrained({
      // Without these columns many rows are copies of each other, which a new split would keep together.
      add_steps: [{ type: 'DropColumnsTransformer', columns: ['visits', 'colour'] }],
    })
    expect(sealed).toEqual(sealedByParent)
    expect(ended.results.comparison).toMatchObject({ same_model: false, rows: sealedByParent.size })
    const steps = (await client.agentic.getPreprocessingDag(ended.run_id)).nodes.filter(({ type }) => type === 'step')
    const kept = (await client.agentic.getPreprocessingDag(parent)).nodes.filter(({ type }) => type === 'step')
    expect(steps).toHaveLength(kept.length + 1)

    const id = steps.at(-1)?.id.split(':').at(-1) ?? ''
    const without = await retrained({ remove_steps: [id] }, ended.run_id)
    const { model_hash } = (await client.agentic.getRunState(parent)).results
    expect(without.results.model_hash).toBe(model_hash)
  })

  test('steps that learn are fitted on the training rows, and anew on a new table', async () => {
    const add_steps = [
      { id: 'fill', type: 'SimpleImputer', columns: ['amount'], params: { strategy: 'mean' } },
      { id: 'colours', type: 'OneHotEncoder', columns: ['colour'], params: { handle_unknown: 'ignore' } },
    ]
    const ended = await retrained({ add_steps })
    expect(sealed).toEqual(sealedByParent)
    const learntBy = async (run: string) => (await client.agentic.getPreprocessingDag(run)).nodes.filter(({ detail }) => detail !== null && typeof detail === 'object' && 'learns' in detail && detail.learns === true).map(({ text }) => text ?? '')
    const [fill, colours] = await learntBy(ended.run_id)
    expect(fill).toContain('(learned from 480 training rows)')
    expect(colours).toContain('(learned from 480 training rows)')
    const again = await retrained({ dataset_id: await upload(longer) }, ended.run_id)
    const [anew] = await learntBy(again.run_id)
    expect(anew).toMatch(/learned from 6\d\d training rows/u)
    expect(again.results.comparison?.notes.join(' ')).toContain('equal one of the rows that were sealed before')
  })

  test('settings and directions of the trainer are taken, the other phases are found again', async () => {
    const ended = await retrained({ parameters: { trainer: 'glassbox-main', bags: 2, bins: 16 }, monotonic_constraints: { visits: 'increasing' } })
    // What comes after the new model is worked out anew, nothing before it.
    expect(computed[0]).toBe('apply model_training')
    expect(computed.filter((step) => /data_preparation|label_selection|feature_engineering|propose model_training/.test(step))).toEqual([])
    expect(ended.results.comparison).toMatchObject({ same_model: false, rows: 120 })
    const further = await retrained({ parameters: { threshold: 0.9 } }, ended.run_id)
    expect(further.results.comparison?.metrics.auc).toMatchObject({ difference: 0 })
    expect(further.results.comparison?.metrics.f1).toMatchObject({ verdict: 'worse' })
  })

  test('what cannot be done is refused at once', async () => {
    const refused = async (body: object) => codeOf(client.agentic.retrain(parent, body))
    expect(await refused({ gate: [] })).toBe('VALIDATION_FAILED')
    expect(await refused({ parameters: { bagz: 3 } })).toBe('CUSTOM_REFUSED')
    expect(await refused({ monotonic_constraints: { amonut: 'increasing' } })).toBe('CUSTOM_REFUSED')
    expect(await refused({ remove_steps: ['nothing'] })).toBe('CUSTOM_REFUSED')
    expect(await refused({ add_steps: [{ type: 'DropColumnsTransformer', columns: ['nothing'] }] })).toBe('CUSTOM_REFUSED')
    expect(await refused({ add_steps: [{ type: 'OneHotEncoder', columns: ['colour'] }, { type: 'StandardScaler', columns: [] }] })).toBe('CUSTOM_REFUSED')
    expect(await refused({ require_approval: ['lunch'] })).toBe('PHASE_UNKNOWN')
    expect(await codeOf(client.agentic.retrain('00000000-0000-4000-8000-000000000000'))).toBe('NOT_FOUND')
  })

  test('it asks where approval is required, and shows what the parent answered', async () => {
    const { run_id } = await client.agentic.retrain(parent, { require_approval: ['data_preparation'] })
    const card = await nextCard(client, run_id)
    expect(card.decision_type).toBe('data_preparation')
    expect(card.context.retrain).toMatchObject({ parent: { answer: { rationale: 'as it should be' } } })
    await client.agentic.submitDecision(run_id, { decision_type: 'data_preparation', apply_indices: [] })
    expect(await endOf(client, run_id)).toMatchObject({ status: 'completed' })
  })
})

test('a phase that the parent skipped is skipped again, and drafts are replayed one by one', async () => {
  const { run_id } = await client.agentic.startRun({ model_name: 'skips', auto_mode: true, dataset_id: await upload(longer), target: 'label', require_approval: ['data_preparation'] })
  await nextCard(client, run_id)
  await client.agentic.submitDecision(run_id, { decision_type: 'data_preparation', skipped: true })
  await endOf(client, run_id)
  computed = []
  const skipped = await retrained({}, run_id)
  expect((await client.agentic.getPhases(skipped.run_id))[0]).toMatchObject({ phase: 'data_preparation', status: 'skipped' })

  const drafted = await client.agentic.startRun({ model_name: 'drafts', auto_mode: true, dataset_id: await upload(longer), target: 'label', require_approval: ['data_preparation'] })
  await nextCard(client, drafted.run_id)
  await client.agentic.submitDecision(drafted.run_id, { decision_type: 'data_preparation', apply_indices: [0], done: false })
  expect(await nextCard(client, drafted.run_id)).toMatchObject({ revision: 2 })
  await client.agentic.submitDecision(drafted.run_id, { decision_type: 'data_preparation', apply_indices: [] })
  const before = await endOf(client, drafted.run_id)
  computed = []
  expect((await retrained({}, drafted.run_id)).results.model_hash).toBe(before.results.model_hash)
  expect(repeatable(computed)).toEqual([])
  expect((await house.verify()).faults).toEqual([])
})
