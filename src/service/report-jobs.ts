import { SignalboxError } from '#core/errors'
import { isStarted } from '#core/run'
import type { ReportJob } from '#core/report-ports'
import { renderReport } from '#phases/6-report/render-report'
import { reportDecisionSchema } from '#phases/6-report/schema'
import type { ServiceInput } from './ports.ts'
import { reportFacts } from './report-facts.ts'

/** Makes reports in the background, one at a time. */
export interface ReportJobs {
  /** Begins soon; whoever asks for the job learns how it ends. */
  start(jobId: string): void
  /** Takes up jobs that a process left behind. */
  sweep(): Promise<void>
  /** Takes no more, and returns when the one in hand is done. */
  stop(): Promise<void>
}

export type ReportJobsInput = Pick<ServiceInput, 'reports' | 'runs' | 'datasets' | 'blobs' | 'data' | 'guard' | 'identity' | 'now' | 'log'>

/** A job that was begun so often without an end takes its process down with it. */
const mostAttempts = 3

export function openReportJobs(input: ReportJobsInput): ReportJobs {
  const stopping = new AbortController()
  const waiting = new Set<string>()
  let last: Promise<void> = Promise.resolve()

  function start(jobId: string): void {
    if (waiting.has(jobId)) return
    waiting.add(jobId)
    last = last.then(() => work(jobId)).finally(() => waiting.delete(jobId))
  }

  async function work(jobId: string): Promise<void> {
    if (stopping.signal.aborted) return
    try {
      await input.reports.holding(jobId, () => makeReport(input, jobId, stopping.signal))
    } catch (error) {
      input.log('a report could not be made; it is tried again', error)
    }
  }

  return {
    start,
    async sweep() {
      for (const jobId of await input.reports.openJobs()) start(jobId)
    },
    async stop() {
      stopping.abort()
      await last
    },
  }
}

async function makeReport(input: ReportJobsInput, jobId: string, signal: AbortSignal): Promise<void> {
  const { reports, now } = input
  const job = await reports.begin(jobId, now())
  if (job === undefined) return
  if (job.attempts > mostAttempts) {
    await reports.end(jobId, { error: `The report was begun ${mostAttempts} times and never finished; ask for it again.` }, now())
    return
  }
  try {
    await input.guard.whileWriting(async () => reports.end(jobId, { report: await rendered(input, job, signal) }, now()))
  } catch (error) {
    if (!(error instanceof SignalboxError) || error.code === 'DATABASE_UNAVAILABLE') throw error
    await reports.end(jobId, { error: `${error.message} ${error.suggestion}` }, now())
  }
}

async function rendered(input: ReportJobsInput, job: ReportJob, signal: AbortSignal) {
  const { runs, blobs, data, identity } = input
  const loaded = await runs.load(job.run_id)
  const run = loaded?.run
  const version = run !== undefined && isStarted(run) ? run.published.find(({ kind }) => kind === 'model_version') : undefined
  if (run === undefined || !isStarted(run) || version === undefined) throw new SignalboxError({ code: 'NOT_FOUND', message: 'The run of this report is gone.' })
  const { content } = await renderReport(await reportFacts(run, input), reportDecisionSchema.parse(job.request), { blobs, data, signal })
  return { report_id: identity.derivedId(job.job_id, 'report'), team_id: job.team_id, run_id: job.run_id, model_id: version.model_id, content }
}
