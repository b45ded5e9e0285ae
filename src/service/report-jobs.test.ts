import { expect, test } from 'vitest'
import type { ReportJob, ReportJobEnd, ReportStore } from '#core/report-ports'
import { openReportJobs, type ReportJobsInput } from './report-jobs.ts'

const job: ReportJob = {
  job_id: 'job', team_id: 'team', run_id: 'run', request: {}, created_by: 'ann', created_at: new Date(0),
  attempts: 0, started_at: null, ended_at: null, report_id: null, error: null,
}

/** Lets what was started run on. */
const soon = () => new Promise((resolve) => setImmediate(resolve))

/** A store that keeps one job, and what became of it. */
function fake(begun: number, more: Partial<ReportStore> = {}) {
  const ends: ReportJobEnd[] = []
  const said: string[] = []
  const reports: ReportStore = {
    get: async () => undefined,
    delete: async () => false,
    sign: async () => undefined,
    signatures: async () => [],
    addJob: async () => undefined,
    job: async () => job,
    openJobs: async () => (ends.length === 0 ? ['job'] : []),
    holding: async (_id, work) => work().then(() => true),
    begin: async () => ({ ...job, attempts: begun + 1 }),
    end: async (_id, end) => void ends.push(end),
    ...more,
  }
  // Only what a job needs before it renders; the run is gone.
  const input = { reports, runs: { load: async () => undefined }, guard: { whileWriting: (work: () => unknown) => work() }, now: () => new Date(1), log: (text: string) => void said.push(text) } as unknown as ReportJobsInput
  return { jobs: openReportJobs(input), ends, said }
}

test('a job that was left behind is taken up by a sweep', async () => {
  const { jobs, ends } = fake(0)
  await jobs.sweep()
  await soon()
  await jobs.stop()
  expect(ends).toEqual([{ error: expect.stringContaining('The run of this report is gone.') }])
})

test('a job that was begun three times without an end is given up with the reason', async () => {
  const { jobs, ends } = fake(3)
  jobs.start('job')
  await soon()
  await jobs.stop()
  expect(ends).toEqual([{ error: expect.stringContaining('begun 3 times') }])
})

test('a fault of the database leaves the job open for the next sweep', async () => {
  let broken = true
  const { jobs, ends, said } = fake(0, { begin: async () => (broken ? Promise.reject(new Error('gone')) : { ...job, attempts: 2 }) })
  await jobs.sweep()
  await jobs.sweep()
  await soon()
  expect([ends.length, said.length]).toEqual([0, 1])
  broken = false
  await jobs.sweep()
  await soon()
  await jobs.stop()
  expect(ends).toHaveLength(1)
})

test('a job that another process holds is left to it', async () => {
  const { jobs, ends } = fake(0, { holding: async () => false })
  await jobs.sweep()
  await soon()
  await jobs.stop()
  expect(ends).toEqual([])
})

test('after a stop nothing more is begun', async () => {
  const { jobs, ends } = fake(0)
  await jobs.stop()
  jobs.start('job')
  await soon()
  expect(ends).toEqual([])
})
