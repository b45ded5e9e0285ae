import { accept, refuse } from '#core/errors'
import { reportedSchema, type Reported } from '#core/outcomes'
import type { ReportJob } from '#core/report-ports'
import { isStarted } from '#core/run'
import type { ReportFormat, ReportJobAnswer } from '#wire/report'
import { ownReport, reportText, unknownReport } from './own-report.ts'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import { previewReport } from './report-preview.ts'
import { readSignatures, signReport } from './report-signatures.ts'
import { readReportWish } from './read-report-wish.ts'
import { trainedOf } from './run-view.ts'
import type { Reports } from './signalbox.ts'

/** Reports that runs or the wizard made. */
export function openReports(input: ServiceInput): Reports {
  return {
    read: (caller, reportId, format) => readReport(input, caller, { reportId, format }),
    async delete(caller, reportId) {
      const own = await ownReport(input, caller, reportId)
      if (!own.ok) return own
      const gone = await input.reports.delete(reportId, input.now())
      return gone ? accept({ report_id: reportId, status: 'deleted' }) : unknownReport()
    },
    sign: (caller, reportId, body) => signReport(input, caller, { reportId, body }),
    signatures: (caller, reportId) => readSignatures(input, caller, reportId),
    async make(caller, body) {
      const own = await ownRun(input, caller, body.run_id)
      if (!own.ok) return own
      const { run } = own.value
      if (run.status !== 'completed') return refuse('RUN_NOT_COMPLETED', `The run is ${run.status}; a report is made of a completed one.`)
      const trained = await trainedOf(input.blobs, run)
      if (trained === null) return refuse('RUN_WITHOUT_MODEL', 'The run trained no model, so there is nothing to report.', { suggestion: 'Make a report of a run that trained a model.' })
      const wish = readReportWish(body, trained.task)
      if (!wish.ok) return wish
      const job_id = input.identity.newId()
      await input.reports.addJob({ job_id, team_id: caller.team_id, run_id: run.run_id, request: wish.value, created_by: caller.key_name, created_at: input.now() })
      input.startReportJob(job_id)
      return accept({ job_id, status: 'accepted' })
    },
    preview: (caller, runId, query) => previewReport(input, caller, { runId, query }),
    async job(caller, jobId) {
      const job = await input.reports.job(jobId)
      if (job === undefined || job.team_id !== caller.team_id) return refuse('NOT_FOUND', 'There is no such report job.')
      return accept(await jobAnswer(input, job))
    },
  }
}

const formats = {
  html: { ending: 'html', type: 'text/html; charset=utf-8', of: ({ html }: Reported) => html },
  md: { ending: 'md', type: 'text/markdown; charset=utf-8', of: ({ markdown }: Reported) => markdown },
  json: { ending: 'json', type: 'application/json; charset=utf-8', of: ({ json }: Reported) => json },
} as const

async function readReport(input: ServiceInput, caller: Parameters<Reports['read']>[0], { reportId, format }: { reportId: string; format: ReportFormat }): ReturnType<Reports['read']> {
  const own = await ownReport(input, caller, reportId)
  if (!own.ok) return own
  const reported = reportedSchema.parse(await input.blobs.get(own.value.content))
  const { ending, type, of } = formats[format]
  const hash = of(reported)
  if (hash === null) return refuse('NOT_FOUND', `The report was made without the format ${format}.`, { suggestion: 'Make one with POST /v1/reports/wizard; it has every format.' })
  const text = await reportText(input.blobs, hash)
  return accept({ file_name: `${fileName(reported.title)}.${ending}`, content_type: type, text })
}

function fileName(title: string): string {
  const plain = title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^[-.]+|-+$/gu, '').slice(0, 100)
  return plain === '' ? 'report' : plain
}

async function jobAnswer({ runs }: ServiceInput, job: ReportJob): Promise<ReportJobAnswer> {
  const { job_id, run_id, report_id, error, started_at, ended_at } = job
  const loaded = await runs.load(run_id)
  const version = loaded !== undefined && isStarted(loaded.run) ? loaded.run.published.find(({ kind }) => kind === 'model_version') : undefined
  const duration = started_at === null || ended_at === null ? null : (ended_at.getTime() - started_at.getTime()) / 1000
  return { job_id, run_id, status: statusOf(job), report_id, version_id: report_id === null ? null : (version?.id ?? null), duration, error }
}

function statusOf({ ended_at, started_at, error }: ReportJob): ReportJobAnswer['status'] {
  if (ended_at !== null) return error === null ? 'done' : 'error'
  return started_at === null ? 'pending' : 'running'
}
