import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerKey } from '#cli/owner-key'
import { openHouse, type House } from '#main'
import { monitorPhase } from '#phases/7-monitor/phase'
import { phases } from '#phases/pipeline'
import type { Phase } from '#phases/phase'
import { Signalbox } from '#sdk/client'
import type { RunStateAnswer } from '#wire/run-state'
import { codeOf, endOf, nextCard } from './house.testkit.ts'
import { csvOf, tableMaker, type GeneratedColumn } from './generate-table.ts'

let house: House
let client: Signalbox
let dataDir: string
let url: string
let apiKey: string
let run: RunStateAnswer

/** Rows whose label depends on a number with gaps and on a category; `pad` is blank around and never used exactly. */
function generated(seed: number, rows: number): GeneratedColumn[] {
  const make = tableMaker(seed, rows)
  const amount = make.numbers()
  const city = make.levels(['Aarhus', 'Bern', 'Cork'])
  const noise = make.numbers()
  return [
    { name: 'amount', cells: make.cells((row) => (row % 19 === 3 ? null : (amount[row] ?? 0))) },
    { name: ' City; "x"', cells: city },
    { name: 'visits', cells: make.cells(() => make.random.below(9)) },
    { name: 'label', cells: make.cells((row) => ((amount[row] ?? 0) + (city[row] === 'Bern' ? 1 : 0) + (noise[row] ?? 0) > 0.4 ? 'yes' : 'no')) },
  ]
}

/** The columns as JSON rows, cells as they stand in the file. */
function rowsOf(columns: readonly GeneratedColumn[]): Record<string, string | null>[] {
  const rows = columns[0]?.cells.length ?? 0
  return Array.from({ length: rows }, (_, row) => Object.fromEntries(columns.map(({ name, cells }) => [name, cells[row] ?? null])))
}

function changed(columns: readonly GeneratedColumn[], name: string, cellOf: (cell: string | null, row: number) => string | null): GeneratedColumn[] {
  return columns.map((column) => (column.name === name ? { ...column, cells: column.cells.map(cellOf) } : column))
}

const withMonitor = [...phases.filter(({ name }) => name !== 'monitoring_creation'), monitorPhase as unknown as Phase]

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'signalbox-monitors-'))
  house = await openHouse({ dataDir, fast: true, threads: 2, memoryMb: 1024, phases: withMonitor })
  apiKey = await ownerKey(house, dataDir)
  await house.work(1)
  url = (await house.serve({ port: 0, host: '127.0.0.1' })).url
  client = new Signalbox({ baseUrl: url, apiKey })
  const dataset_id = (await client.datasets.upload(new Blob([csvOf(generated(1, 900))]), { name: 'table', fileName: 'table.csv' })).dataset_id
  const { run_id } = await client.agentic.startRun({ model_name: 'watched', dataset_id, target: 'label', require_approval: ['monitoring_creation'], phase_plan: ['data_preparation', 'label_selection', 'model_training', 'monitoring_creation'] })
  const card = await nextCard(client, run_id)
  expect(card.decision_type).toBe('monitoring_creation')
  await client.agentic.submitDecision(run_id, { decision_type: 'monitoring_creation', monitoring_config: {} })
  run = await endOf(client, run_id)
})
afterAll(async () => {
  await house.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const monitorId = () => run.results.monitor_id ?? ''
const check = (columns: readonly GeneratedColumn[]) => client.monitors.check(monitorId(), rowsOf(columns))

describe('a run with a monitor', () => {
  test('publishes it once, with what was measured on the training rows', async () => {
    expect(run.status).toBe('completed')
    const monitor = await client.monitors.get(monitorId())
    expect(monitor).toMatchObject({ name: 'watched', reference_rows: 720, prediction: true, false_alarm_rate: 0.05, model_id: run.results.model_id, version_id: run.results.version_id, last_check: null, due: null })
    expect(monitor.columns).toEqual(expect.arrayContaining(['amount', 'visits']))
    expect(monitor.measured.map(({ rows }) => rows)).toEqual([50, 200])
    for (const { alarms, batches } of monitor.measured) expect(alarms / batches).toBeLessThan(0.05 + 2 * Math.sqrt((0.05 * 0.95) / batches))
    expect(await client.monitors.listOfModel(run.results.model_id ?? '')).toHaveLength(1)
    expect((await client.monitors.listOfTeam((await client.connect()).team_id)).map(({ monitor_id }) => monitor_id)).toEqual([monitorId()])
  })
})

describe('a batch', () => {
  test('that is as the training rows is ok, the same by rows and by file', async () => {
    const same = generated(2, 400)
    const [byRows, byFile] = [await check(same), await client.monitors.checkFile(monitorId(), new Blob([csvOf(same)]))]
    expect(byRows).toMatchObject({ rows: 400, reference_rows: 720, verdict: 'ok', alerts: [] })
    const bare = ({ check_id: _id, created: _at, source: _source, alert: _alert, ...rest }: typeof byRows) => rest
    expect(bare(byFile)).toEqual(bare(byRows))
    expect((await client.monitors.get(monitorId())).last_check).toMatchObject({ check_id: byFile.check_id, verdict: 'ok' })
  })

  test('with a shifted number drifts in that number and in the prediction, and the effects add up', async () => {
    const shifted = changed(generated(3, 400), 'amount', (cell) => (cell === null ? null : String(Number(cell) + 1)))
    const found = await check(shifted)
    const verdicts = Object.fromEntries(found.columns.map(({ column, verdict }) => [column, verdict]))
    expect(found.verdict).toBe('drift')
    expect(verdicts).toMatchObject({ amount: 'drift', visits: 'ok' })
    expect(found.columns[0]?.column).toBe('amount')
    expect(found.prediction?.verdict).toBe('drift')
    expect(found.prediction?.effect_on_score).toBeCloseTo([...found.columns, ...found.pairs].reduce((sum, { effect_on_score }) => sum + effect_on_score, 0), 9)
    for (const { statistic, threshold, verdict } of found.columns) expect((statistic ?? 0) > (threshold ?? 0)).toBe(verdict === 'drift')
    // The labels were made before the shift, so they no longer fit what the model says.
    expect(found.alerts.map(({ rule }) => rule)).toEqual(['monitor', 'performance'])
  })

  test('with values that were never seen names them, and counts what is missing as a bin', async () => {
    const cities = changed(generated(4, 200), ' City; "x"', (cell, row) => (row % 4 === 0 ? 'Oslo 🚲' : row % 4 === 1 ? null : cell))
    const found = await check(cities)
    const city = found.columns.find(({ column }) => column.includes('City'))
    expect(city).toMatchObject({ verdict: 'drift', new_categories: ['Oslo 🚲'], new_category_share: 0.25, missing_share: 0.25, reference_missing_share: 0 })
    expect(city?.bins[0]).toMatchObject({ kind: 'missing', rows: 50, reference_rows: 0 })
    expect(city?.bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(200)
  })

  test('without a column, with an empty one, or with unreadable cells still gets a verdict for every column', async () => {
    const without = await check(generated(5, 200).filter(({ name }) => name !== 'visits'))
    const visits = without.columns.find(({ column }) => column === 'visits')
    expect(visits).toMatchObject({ verdict: 'drift', missing_share: 1, notes: ['No row has a column "visits", so it counts as missing.'] })
    const broken = await check(changed(changed(generated(6, 200), 'visits', () => null), 'amount', (cell, row) => (row < 3 ? 'lots' : cell)))
    expect(broken.columns.find(({ column }) => column === 'visits')).toMatchObject({ verdict: 'drift', missing_share: 1, notes: [] })
    expect(broken.columns.find(({ column }) => column === 'amount')).toMatchObject({ unreadable: 3 })
  })

  test('of no row, or of one, is not enough data', async () => {
    expect(await check([])).toMatchObject({ rows: 0, verdict: 'not_enough_data', alerts: [] })
    const [one = {}] = rowsOf(generated(7, 1))
    const found = await client.monitors.check(monitorId(), [{ ...one, ' City; "x"': 'Nowhere' }])
    expect(found).toMatchObject({ rows: 1, verdict: 'not_enough_data' })
    expect(found.columns.every(({ verdict, p_value }) => verdict === 'not_enough_data' && p_value === null)).toBe(true)
  })

  test('of hostile rows is counted as rows without values', async () => {
    const rows: unknown[] = [null, 7, 'row', [1, 2], {}, { ' city; "X" ': 'Bern', amount: { $gt: 1 } }, { constructor: 'x', toString: 1 }]
    const response = await fetch(`${url}/v1/monitors/${monitorId()}/check`, { method: 'POST', headers: { api_key: apiKey, 'content-type': 'application/json' }, body: JSON.stringify({ rows }) })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ rows: 7 })
    expect(await codeOf(client.monitors.checkFile(monitorId(), new Blob([''])))).toBe('FILE_EMPTY')
    const none = await fetch(`${url}/v1/monitors/${monitorId()}/check`, { method: 'POST', headers: { api_key: apiKey } })
    expect(none.status).toBe(422)
  })
})

describe('a monitor made by hand', () => {
  test('profiles the same rows, is one however often it is asked for, and keeps rules, rows and checks until it is deleted', async () => {
    const body = { model_id: run.results.model_id ?? '', name: 'by hand', description: '', threshold: 0.5, data_source_type: 'csv', schedule_type: 'daily' } as const
    const { monitor_id } = await client.monitors.create(body)
    expect(await client.monitors.create(body)).toEqual({ monitor_id })
    expect(await client.monitors.get(monitor_id)).toMatchObject({ threshold: 0.5, schedule_type: 'daily', overdue: false, scheduled: false, due: expect.any(String), reference_rows: 720 })
    await client.monitors.rename(monitor_id, 'renamed')
    await client.monitors.describe(monitor_id, 'what it is for')
    expect(await client.monitors.get(monitor_id)).toMatchObject({ name: 'renamed', description: 'what it is for' })

    await client.monitors.putAlertRule(monitor_id, { rule_type: 'volume', value: 1_000, notify_in_app: true })
    await client.monitors.putAlertRule(monitor_id, { rule_type: 'trend', value: 2 })
    const shifted = rowsOf(changed(generated(8, 200), 'amount', () => '9'))
    expect((await client.monitors.check(monitor_id, shifted)).alerts.map(({ rule }) => rule)).toEqual(['monitor', 'performance', 'volume'])
    expect((await client.monitors.check(monitor_id, shifted)).alerts.map(({ rule }) => rule)).toEqual(['monitor', 'performance', 'trend', 'volume'])
    expect((await client.monitors.checks(monitor_id)).map(({ verdict }) => verdict)).toEqual(['drift', 'drift'])
    expect((await client.monitors.alertRules(monitor_id)).rules).toHaveLength(2)
    expect(await codeOf(client.monitors.putAlertRule(monitor_id, { rule_type: 'threshold', value: 2 }))).toBe('VALIDATION_FAILED')

    const added = await client.monitors.addItems(monitor_id, [{ scenario: { amount: 1, visits: 3 }, notes: 'a case' }, { amount: 2 }])
    expect(await client.monitors.items(added.monitor_item_id[0] ?? '')).toMatchObject({ notes: 'a case', score: expect.any(Number), proba: expect.any(Number) })
    expect(await client.monitors.items(monitor_id)).toHaveLength(2)
    await client.monitors.deleteItem(added.monitor_item_id[0] ?? '')
    expect(await client.monitors.items(monitor_id)).toHaveLength(1)

    await client.monitors.delete(monitor_id)
    expect(await codeOf(client.monitors.get(monitor_id))).toBe('NOT_FOUND')
    expect((await house.verify()).faults).toEqual([])
    expect(await client.monitors.get(monitorId())).toMatchObject({ name: 'watched' })
  })

  test('of an unknown model, or with an unknown column, is refused', async () => {
    expect(await codeOf(client.monitors.create({ model_id: monitorId(), name: 'x' }))).toBe('NOT_FOUND')
    expect(await codeOf(client.monitors.create({ model_id: run.results.model_id ?? '', name: 'x', columns: ['amuont'] }))).toBe('CUSTOM_REFUSED')
  })
})

test('a run that is deleted takes its monitors along, and the chain holds', async () => {
  await client.agentic.deleteRun(run.run_id)
  expect(await codeOf(client.monitors.get(monitorId()))).toBe('NOT_FOUND')
  expect((await house.verify()).faults).toEqual([])
})
