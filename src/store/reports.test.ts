import { expect, test } from 'vitest'
import { hashOf, timeAt, uuidOf } from '#core/run.testkit'
import { erasureStore } from './erasures.ts'
import { reportStore } from './reports.ts'
import { testStore, type TestStore } from './store.testkit.ts'

const run = uuidOf(1)
const at = (minute: number) => new Date(timeAt(minute))

async function withJob(store: TestStore) {
  await store.begin(run)
  const reports = reportStore(store.database)
  await reports.addJob({ job_id: uuidOf(20), team_id: store.teamId, run_id: run, request: { title: 'again' }, created_by: 'ann', created_at: at(2) })
  return reports
}

test('a job is begun, ends with a published report, and does not begin again', async () => {
  const store = await testStore()
  const reports = await withJob(store)
  expect(await reports.openJobs()).toEqual([uuidOf(20)])
  expect(await reports.begin(uuidOf(20), at(3))).toMatchObject({ attempts: 1, request: { title: 'again' }, started_at: at(3), ended_at: null })
  expect(await reports.begin(uuidOf(20), at(4))).toMatchObject({ attempts: 2 })
  const report = { report_id: uuidOf(21), team_id: store.teamId, run_id: run, model_id: uuidOf(22), content: hashOf('c') }
  await reports.end(uuidOf(20), { report }, at(5))
  await reports.end(uuidOf(20), { error: 'too late' }, at(6))
  expect(await reports.job(uuidOf(20))).toMatchObject({ report_id: uuidOf(21), error: null, ended_at: at(5) })
  expect(await reports.begin(uuidOf(20), at(7))).toBeUndefined()
  expect(await reports.openJobs()).toEqual([])
  expect(await reports.get(uuidOf(21))).toEqual(report)
})

test('of two that work on one job at once, one is turned away', async () => {
  const store = await testStore()
  const reports = await withJob(store)
  let second: boolean | undefined
  await reports.holding(uuidOf(20), async () => {
    second = await reports.holding(uuidOf(20), () => Promise.reject(new Error('both hold it')))
  })
  expect(second).toBe(false)
  expect(await reports.holding(uuidOf(20), () => Promise.resolve())).toBe(true)
})

test('a deleted report is gone once, and what it was is given up for erasure', async () => {
  const store = await testStore()
  const reports = await withJob(store)
  await reports.end(uuidOf(20), { report: { report_id: uuidOf(21), team_id: store.teamId, run_id: run, model_id: uuidOf(22), content: hashOf('c') } }, at(5))
  expect(await reports.delete(uuidOf(21), at(6))).toBe(true)
  expect(await reports.delete(uuidOf(21), at(6))).toBe(false)
  expect(await reports.get(uuidOf(21))).toBeUndefined()
  expect((await erasureStore(store.database.db).pending()).map(({ roots }) => roots)).toEqual([[hashOf('c')]])
})
