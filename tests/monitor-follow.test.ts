import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownerKey } from '#cli/owner-key'
import { openHouse, type House } from '#main'
import { Signalbox } from '#sdk/client'
import { pause } from '#sdk/pause'
import type { MonitorChecksAnswer } from '#wire/monitor'
import type { RunStateAnswer } from '#wire/run-state'
import { csvOf, tableMaker, type GeneratedColumn } from './generate-table.ts'
import { codeOf, endOf, nextCard } from './house.testkit.ts'

let house: House
let client: Signalbox
let url: string
let apiKey: string
let dataDir: string
let run: RunStateAnswer
let monitorId: string
let deploymentId: string
let key: string
/** How far the clock of the house is ahead. */
let ahead = 0

const now = () => new Date(Date.now() + ahead)
const hour = 3_600_000

function generated(seed: number, rows: number, shift = 0): GeneratedColumn[] {
  const make = tableMaker(seed, rows)
  const amount = make.numbers()
  const noise = make.numbers()
  return [
    { name: 'amount', cells: make.cells((row) => String((amount[row] ?? 0) + shift)) },
    { name: 'city', cells: make.levels(['Aarhus', 'Bern', 'Cork']) },
    { name: 'ref', cells: make.cells((row) => `r${seed}-${row}`) },
    { name: 'label', cells: make.cells((row) => ((amount[row] ?? 0) + 0.5 * (noise[row] ?? 0) > 0.4 ? 'yes' : 'no')) },
  ]
}

function rowsOf(columns: readonly GeneratedColumn[]): Record<string, string>[] {
  const rows = columns[0]?.cells.length ?? 0
  return Array.from({ length: rows }, (_, row) => Object.fromEntries(columns.map(({ name, cells }) => [name, cells[row] ?? ''])))
}

const unlabelled = (columns: readonly GeneratedColumn[]) => rowsOf(columns.filter(({ name }) => name !== 'label'))

async function predict(rows: readonly Record<string, string>[]): Promise<void> {
  const response = await fetch(`${url}/v1/predict`, { method: 'POST', headers: { api_key: key, 'content-type': 'application/json' }, body: JSON.stringify(rows) })
  expect(response.status).toBe(200)
  await response.arrayBuffer()
}

async function until<T>(read: () => Promise<T>, is: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read()
    if (is(value)) return value
    await pause(50, undefined)
  }
}

const kept = (count: number) => until(() => client.captures.get(deploymentId), ({ rows }) => rows === count)
const checked = (count: number) => until((): Promise<MonitorChecksAnswer> => client.monitors.checks(monitorId), ({ length }) => length === count)

async function openOn(folder: string): Promise<void> {
  house = await openHouse({ dataDir: folder, fast: true, threads: 2, memoryMb: 1024, allowPrivateWebhooks: true, now })
  apiKey = await ownerKey(house, folder)
  await house.work(1)
  url = (await house.serve({ port: 0, host: '127.0.0.1' })).url
  client = new Signalbox({ baseUrl: url, apiKey })
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'signalbox-follow-'))
  await openOn(dataDir)
  const dataset_id = (await client.datasets.upload(new Blob([csvOf(generated(1, 600))]), { name: 'table', fileName: 'table.csv' })).dataset_id
  const { run_id } = await client.agentic.startRun({ model_name: 'followed', dataset_id, target: 'label', require_approval: [], auto_deploy: true, phase_plan: ['data_preparation', 'label_selection', 'model_training', 'model_deployment'] })
  run = await endOf(client, run_id)
  deploymentId = run.results.deployment_id ?? ''
  key = (await client.deployments.createDeployKey({ deployment_id: deploymentId, description: 'test', days_until_expiry: 90 })).deploy_key
  monitorId = (await client.monitors.create({ model_id: run.results.model_id ?? '', name: 'followed' })).monitor_id
})
afterAll(async () => {
  await house.close()
  rmSync(dataDir, { recursive: true, force: true })
})

test('a deployment keeps nothing until it is asked to, then no more than it may, and all can be deleted', async () => {
  await predict(unlabelled(generated(2, 5)))
  expect(await client.captures.get(deploymentId)).toMatchObject({ active: false, rows: 0 })
  expect(await client.captures.set(deploymentId, { max_rows: 300, key_column: 'ref' })).toMatchObject({ active: true, share: 1, key_column: 'ref' })
  ahead += 2_000
  await predict(unlabelled(generated(3, 200)))
  await kept(200)
  await predict(unlabelled(generated(4, 200)))
  await kept(300)
  expect(await client.captures.deleteRows(deploymentId)).toEqual({ deployment_id: deploymentId, deleted: 300 })
  await client.captures.set(deploymentId, { share: 0.3, key_column: 'ref' })
  ahead += 2_000
  await predict(unlabelled(generated(5, 1_000)))
  const some = await until(() => client.captures.get(deploymentId), ({ rows }) => rows > 200)
  expect(some.rows).toBeLessThan(400)
  await client.captures.set(deploymentId, { key_column: 'ref' })
  await client.captures.deleteRows(deploymentId)
  ahead += 2_000
})

test('kept rows are checked at the times of the schedule, and missed times are made up by one check after a restart', async () => {
  const set = await client.monitors.putSchedule(monitorId, { cron: '0 * * * *', deployment_id: deploymentId })
  expect(new Date(set.next_at).getTime()).toBeGreaterThan(now().getTime())
  expect(await codeOf(client.monitors.putSchedule(monitorId, { cron: 'hourly', deployment_id: deploymentId }))).toBe('VALIDATION_FAILED')
  await predict(unlabelled(generated(6, 200)))
  await kept(200)
  ahead += hour
  const [first] = await checked(1)
  expect(first).toMatchObject({ rows: 200, verdict: 'ok', alerts: 0 })
  await client.webhooks.add({ url: 'http://127.0.0.1:9/', events: ['monitor.alert'] })
  await predict(unlabelled(generated(7, 250, 1.2)))
  await kept(450)
  await house.close()
  ahead += 5 * hour
  await openOn(dataDir)
  const [second] = await checked(2)
  expect(second).toMatchObject({ rows: 250, verdict: 'drift' })
  expect(new Date((await client.monitors.schedule(monitorId)).next_at).getTime()).toBeGreaterThan(now().getTime())
})

test('an alert names the column and its effect, and somebody owns it', async () => {
  const [alert] = await client.monitors.alerts(monitorId)
  expect(alert).toMatchObject({ rule: 'monitor', owner: null, acknowledged: null })
  expect(await client.webhooks.list()).toMatchObject([{ last_delivery: { event: 'monitor.alert' } }])
  expect(alert?.text).toMatch(/^Drift of "amount" \(it moves the mean score by /u)
  const answered = await client.monitors.answerAlert(alert?.alert_id ?? '', { owner: 'Ada', note: 'a new shop' })
  expect(answered).toMatchObject({ owner: 'Ada', note: 'a new shop', acknowledged_by: expect.any(String), acknowledged: expect.any(String) })
  expect(await client.monitors.alerts(monitorId)).toEqual([answered])
  expect((await house.verify()).faults).toEqual([])
})

test('labels that come later are joined by key, and the model is measured beside its test rows', async () => {
  const labels = rowsOf(generated(6, 200)).map(({ ref = '', label = '' }) => ({ key: ref, label }))
  const joined = await client.monitors.sendLabels(monitorId, { deployment_id: deploymentId, labels: [...labels, { key: 'nobody', label: 'yes' }] })
  expect(joined).toMatchObject({ labelled: 200, unknown_keys: ['nobody'], performance: { rows: 200, unreadable: 0 } })
  const { value = 0, low = 0, high = 0, reference } = joined.performance?.metrics.auc ?? {}
  expect(low).toBeLessThanOrEqual(value)
  expect(high).toBeGreaterThanOrEqual(value)
  expect(reference?.value).toBe(run.results.metrics.auc)
  expect((await client.monitors.performance(monitorId, deploymentId)).performance).toEqual(joined.performance)
})

test('a labelled batch is measured, and before its labels come the same is expected of it', async () => {
  const columns = generated(8, 400)
  const measured = await client.monitors.check(monitorId, rowsOf(columns))
  const expected = await client.monitors.check(monitorId, unlabelled(columns))
  expect(expected.performance).toBeNull()
  const { low = 1, high = 0 } = expected.estimate?.metrics?.auc ?? {}
  const auc = measured.performance?.metrics.auc?.value ?? Number.NaN
  expect(auc).toBeGreaterThan(low - 0.05)
  expect(auc).toBeLessThan(high + 0.05)
})

test('a stored dataset is a batch too, and Evidently is asked where it is wanted', async () => {
  const columns = generated(9, 300)
  const dataset_id = (await client.datasets.upload(new Blob([csvOf(columns)]), { name: 'batch', fileName: 'batch.csv' })).dataset_id
  const [byDataset, byRows] = [await client.monitors.checkDataset(monitorId, dataset_id, { method: 'evidently' }), await client.monitors.check(monitorId, rowsOf(columns), { method: 'evidently' })]
  expect(byDataset).toMatchObject({ source: 'dataset', method: 'evidently', rows: 300 })
  expect(byDataset.evidently).toEqual(byRows.evidently)
  const tests = Object.fromEntries((byDataset.evidently?.columns ?? []).map(({ column, method }) => [column, method]))
  expect(tests).toMatchObject({ amount: 'ks' })
})

test('a challenger is trained and compared, its card waits in the inbox, and it answers only after somebody promotes it', async () => {
  const together = generated(1, 600).map((column, i) => ({ ...column, cells: [...column.cells, ...(generated(10, 400, 1.2)[i]?.cells ?? [])] }))
  const dataset_id = (await client.datasets.upload(new Blob([csvOf(together)]), { name: 'new', fileName: 'new.csv' })).dataset_id
  const [alert] = await client.monitors.alerts(monitorId)
  const proposed = await client.monitors.proposeRetrain(monitorId, { dataset_id, alert_id: alert?.alert_id })
  expect(proposed).toMatchObject({ status: 'training', choice: null, alert_id: alert?.alert_id })
  const card = await nextCard(client, proposed.run_id)
  expect(card.decision_type).toBe('model_deployment')
  expect((await client.agentic.listDecisions()).decisions.map(({ run_id }) => run_id)).toContain(proposed.run_id)
  const [open] = await client.monitors.proposals(monitorId)
  expect(open).toMatchObject({ status: 'open', comparison: { rows: 120 } })
  expect(open?.options.map(({ choice }) => choice)).toEqual(['keep', 'promote', 'retrain'])
  const team = (await client.connect()).team_id
  const versionOf = async () => (await client.deployments.list(team)).find(({ deployment_id }) => deployment_id === deploymentId)?.version_id
  expect(await versionOf()).toBe(run.results.version_id)
  const decided = await client.monitors.decideProposal(proposed.proposal_id, { choice: 'promote', rationale: 'it knows the new shop' })
  expect(decided).toMatchObject({ status: 'decided', choice: 'promote', rationale: 'it knows the new shop' })
  expect(await versionOf()).toBe(open?.version_id)
  expect(await codeOf(client.monitors.decideProposal(proposed.proposal_id, { choice: 'keep' }))).toBe('PROPOSAL_DECIDED')
  expect((await house.verify()).faults).toEqual([])
})
