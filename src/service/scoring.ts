import { findColumn } from '#core/find-column'
import { accept, refuse, type Result } from '#core/errors'
import { scoringResultSchema, type ScoringJob, type ScoringRequest } from '#core/scoring-job'
import type { DatasetRow } from '#core/store-ports'
import type { ScoringJobAnswer, ScoringResultQuery, StartScoringBody } from '#wire/scoring-job'
import { ownDeployment } from './change-deployment.ts'
import { ownDataset, storeDataset } from './datasets.ts'
import { openModel } from './deployed-model.ts'
import type { ServiceInput } from './ports.ts'
import { withoutFormulas } from './result-rows.ts'
import type { Caller, Download, Scoring } from './signalbox.ts'

/** Files that are scored in the background. */
export function openScoring(input: ServiceInput): Scoring {
  return {
    async start(caller, body) {
      const dataset = await ownDataset(input, caller, body.dataset_id)
      return dataset.ok ? startOn(input, caller, { dataset: dataset.value, body }) : dataset
    },
    async startFile(caller, { file, ...body }) {
      const own = await servingVersion(input, caller, body.deployment_id)
      if (!own.ok) return own
      const dataset = await storeDataset(input, caller, { ...file, read_options: JSON.stringify(await readAsTrained(input, own.value)) })
      return dataset.ok ? startOn(input, caller, { dataset: dataset.value, body }) : dataset
    },
    async list(caller) {
      return accept((await input.scoring.list(caller.team_id, shownJobs)).map(jobAnswer))
    },
    async read(caller, jobId) {
      const job = await ownJob(input, caller, jobId)
      return job.ok ? accept(jobAnswer(job.value)) : job
    },
    async cancel(caller, jobId) {
      const job = await ownJob(input, caller, jobId)
      if (!job.ok) return job
      await input.scoring.end(jobId, { status: 'cancelled' }, input.now())
      const after = await ownJob(input, caller, jobId)
      return after.ok ? accept(jobAnswer(after.value)) : after
    },
    async delete(caller, jobId) {
      const job = await ownJob(input, caller, jobId)
      if (!job.ok) return job
      const gone = await input.scoring.delete(jobId, input.now())
      return gone ? accept({ job_id: jobId, status: 'deleted' }) : refuse('SCORING_JOB_NOT_DONE', 'The job has not ended.', { suggestion: 'Cancel it first with POST /v1/scoring/jobs/{id}/cancel.' })
    },
    async result(caller, jobId, query) {
      const job = await ownJob(input, caller, jobId)
      return job.ok ? resultOf(input, job.value, query) : job
    },
  }
}

const shownJobs = 200

async function ownJob({ scoring }: ServiceInput, caller: Caller, jobId: string): Promise<Result<ScoringJob>> {
  const job = await scoring.get(jobId)
  if (job !== undefined && job.team_id === caller.team_id) return accept(job)
  return refuse('NOT_FOUND', 'There is no such scoring job.', { suggestion: 'GET /v1/scoring/jobs lists the jobs of your team.' })
}

/** The version that a deployment serves, where it serves. */
async function servingVersion(input: ServiceInput, caller: Caller, deploymentId: string): Promise<Result<string>> {
  const own = await ownDeployment(input, caller, deploymentId)
  if (!own.ok) return own
  if (!own.value.active) return refuse('DEPLOYMENT_INACTIVE', `The deployment ${deploymentId} is not active.`)
  if (own.value.stopped_at !== null || (await input.stops.ofTeam(caller.team_id)) !== null) return refuse('DEPLOYMENT_STOPPED', `The deployment ${deploymentId} is stopped; a file is not scored by a fallback.`)
  return accept(own.value.version_id)
}

/** How the training file wrote numbers and dates; a file of few rows may not show that by itself. */
async function readAsTrained(input: ServiceInput, versionId: string): Promise<Record<string, string>> {
  const version = await input.models.version(versionId)
  if (version === undefined) return {}
  const { columns } = (await openModel(input, version)).scorer.document.pipeline
  const written = new Set(columns.map(({ notation }) => notation))
  const date_order = written.has('day_first') ? 'day_first' : written.has('month_first') ? 'month_first' : undefined
  const decimal = written.has('decimal_comma') || written.has('thousands_point') ? ',' : undefined
  return { ...(date_order === undefined ? {} : { date_order }), ...(decimal === undefined ? {} : { decimal }) }
}

interface Starting {
  readonly dataset: DatasetRow
  readonly body: Omit<StartScoringBody, 'dataset_id'>
}

/** Names that the result has for itself. */
const ownNames = /^(?:row|prediction|probability|score|warnings|error|probability_.*|contribution_.*)$/iu

async function startOn(input: ServiceInput, caller: Caller, { dataset, body }: Starting): Promise<Result<ScoringJobAnswer>> {
  const serving = await servingVersion(input, caller, body.deployment_id)
  if (!serving.ok) return serving
  const keep = keptColumns(dataset, body.keep ?? [])
  if (!keep.ok) return keep
  const deployment = await input.deployments.get(body.deployment_id)
  const request: ScoringRequest = { threshold: body.threshold ?? deployment?.threshold ?? null, show_breakdown: body.show_breakdown ?? false, keep: keep.value, dataset_name: dataset.name }
  const job_id = input.identity.newId()
  await input.scoring.add({
    job_id, team_id: caller.team_id, deployment_id: body.deployment_id, version_id: serving.value, dataset_id: dataset.dataset_id, request,
    rows: dataset.table.rows, created_by: caller.key_name, created_at: input.now(),
  })
  input.startScoringJob(job_id)
  const job = await ownJob(input, caller, job_id)
  return job.ok ? accept(jobAnswer(job.value)) : job
}

function keptColumns({ table }: DatasetRow, names: readonly string[]): Result<string[]> {
  const kept: string[] = []
  for (const wanted of names) {
    const column = findColumn(table.columns, wanted)
    if (column === undefined) return refuse('VALIDATION_FAILED', `keep: the dataset has no column ${JSON.stringify(wanted)}.`)
    if (ownNames.test(column.name)) return refuse('VALIDATION_FAILED', `keep: the result has a column ${JSON.stringify(column.name.toLowerCase())} of its own.`)
    if (kept.some((other) => other.toLowerCase() === column.name.toLowerCase())) return refuse('VALIDATION_FAILED', `keep: ${JSON.stringify(column.name)} is named twice, or differs from another in case alone.`)
    kept.push(column.name)
  }
  return accept(kept)
}

async function resultOf(input: ServiceInput, job: ScoringJob, { format, escape_formulas }: ScoringResultQuery): Promise<Result<Download>> {
  if (job.status !== 'done' || job.result === null) return refuse('SCORING_JOB_NOT_DONE', `The job is ${job.status} and has no result.`)
  const { csv, parquet } = scoringResultSchema.parse(await input.blobs.get(job.result))
  const name = `${job.request.dataset_name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100) || 'dataset'}-scored`
  const { bytes, chunks } = await input.resultFiles.chunks(format === 'csv' ? csv : parquet)
  if (format === 'parquet') return accept({ file_name: `${name}.parquet`, content_type: 'application/vnd.apache.parquet', bytes, chunks })
  const content_type = 'text/csv; charset=utf-8'
  return accept(escape_formulas ? { file_name: `${name}.csv`, content_type, bytes: null, chunks: withoutFormulas(chunks) } : { file_name: `${name}.csv`, content_type, bytes, chunks })
}

function jobAnswer(job: ScoringJob): ScoringJobAnswer {
  const { job_id, status, deployment_id, version_id, dataset_id, rows, rows_done, rows_failed, error, created_by } = job
  const progress = status === 'done' ? 1 : rows === null || rows === 0 ? 0 : Math.min(1, rows_done / rows)
  const [created, started, ended] = [job.created_at, job.started_at, job.ended_at].map((time) => time?.toISOString() ?? null)
  return { job_id, status, deployment_id, version_id, dataset_id, rows, rows_done, rows_failed, progress, error, created_by, created: created ?? '', started: started ?? null, ended: ended ?? null }
}
