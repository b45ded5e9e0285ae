import { SignalboxError } from '#core/errors'
import { isStarted } from '#core/run'
import type { ReportJob } from '#core/report-ports'
import { renderReport } from '#phases/6-report/render-report'
import { reportDecisionSchema } from '#phases/6-report/schema'
import { mostAttempts, openJobLine, type JobLine } from './job-line.ts'
import type { ServiceInput } from './ports.ts'
import { reportFacts } from './report-facts.ts'

export type ReportJobsInput = Pick<ServiceInput, 'reports' | 'runs' | 'datasets' | 'blobs' | 'data' | 'guard' | 'identity' | 'now' | 'log'>

/** Makes reports in the background. */
export function openReportJobs(input: ReportJobsInput): JobLine {
  return openJobLine({
    owed: () => input.reports.openJobs(),
    work: (jobId, signal) => input.reports.holding(jobId, () => makeReport(input, jobId, signal)),
    failed: (error) => input.log('a report could not be made; it is tried again', error),
  })
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
