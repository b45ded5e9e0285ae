import { rowIdColumn } from '#core/dataset'
import { SignalboxError } from '#core/errors'
import { columnKey } from '#core/find-column'
import type { Cell } from '#core/ports'
import type { ScoringEnd, ScoringJob } from '#core/scoring-job'
import { name, join, sql } from '#core/sql'
import type { DatasetRow } from '#core/store-ports'
import type { LinkedModel } from './linked-model.ts'
import { mostAttempts, openJobLine, type JobLine } from './job-line.ts'
import type { ServiceInput } from './ports.ts'
import { resultRows } from './result-rows.ts'
import { rowAnswerer } from './score-rows.ts'
import { servingModels, type ServingModels } from './serving-models.ts'

/** Scores files in the background. */
export function openScoringJobs(input: ServiceInput): JobLine {
  const models = servingModels(input)
  return openJobLine({
    owed: () => input.scoring.open(),
    work: (jobId, signal) => input.scoring.holding(jobId, () => scoreFile({ input, models, signal }, jobId)),
    failed: (error, stopped) => (stopped ? undefined : input.log('a file could not be scored; it is tried again', error)),
  })
}

interface Scoring {
  readonly input: ServiceInput
  readonly models: ServingModels
  readonly signal: AbortSignal
}

/** An expected end of a job without a result. */
class Unscored extends SignalboxError {}

async function scoreFile(scoring: Scoring, jobId: string): Promise<void> {
  const { input } = scoring
  const job = await input.scoring.begin(jobId, input.now())
  if (job === undefined) return
  const end = job.attempts > mostAttempts ? failed(new Unscored({ code: 'INTERNAL', message: `The job was begun ${mostAttempts} times and never ended.`, suggestion: 'Ask for a new one, or split the file.' })) : await scored(scoring, job)
  if (end !== null) await input.scoring.end(jobId, end, input.now())
}

/** Null where the process lets go of the job, and where it was cancelled. */
async function scored(scoring: Scoring, job: ScoringJob): Promise<ScoringEnd | null> {
  const { input, signal } = scoring
  try {
    return await input.guard.whileWriting(() => writeResult(scoring, job))
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof SignalboxError) || error.code === 'DATABASE_UNAVAILABLE') throw error
    return failed(error)
  }
}

function failed({ code, message, suggestion }: SignalboxError): ScoringEnd {
  return { status: 'failed', error: { code, message, suggestion } }
}

async function writeResult({ input, models, signal }: Scoring, job: ScoringJob): Promise<ScoringEnd | null> {
  const dataset = job.dataset_id === null ? undefined : await input.datasets.get(job.dataset_id)
  if (dataset === undefined) throw new Unscored({ code: 'DATASET_NOT_FOUND', message: 'The dataset of this job is gone.' })
  const model = await models(job.version_id)
  if (model === undefined) throw new Unscored({ code: 'NOT_FOUND', message: 'The model version of this job is gone.' })
  const result = resultRows(model, job.request)
  const answer = rowAnswerer(model, { threshold: job.request.threshold, show_breakdown: job.request.show_breakdown })
  const file = await input.resultFiles.create()
  try {
    await file.write(result.header())
    let [rows_done, rows_failed] = [0, 0]
    for await (const rows of pages(input, { dataset, model, keep: job.request.keep }, signal)) {
      await checkStillServing(input, job)
      let text = ''
      for (const row of rows) {
        const said = answer(row, rows_done)
        if (said.error !== undefined) rows_failed += 1
        text += result.line(said, row)
        rows_done += 1
        if (rows_done % rowsAtOnce !== 0) continue
        await file.write(text)
        text = ''
        await input.pause()
        signal.throwIfAborted()
      }
      await file.write(text)
      if (!(await input.scoring.progress(job.job_id, { rows_done, rows_failed }))) return null
    }
    const csv = await file.finish()
    const parquet = await input.resultFiles.parquet(csv, result.columns, { signal })
    return { status: 'done', result: await input.blobs.put({ csv, parquet }) }
  } finally {
    await file.drop()
  }
}

/** A deployment that was stopped or switched off answers nothing any more, and neither does what it began. */
async function checkStillServing({ deployments, stops }: ServiceInput, job: ScoringJob): Promise<void> {
  const deployment = await deployments.get(job.deployment_id)
  if (deployment === undefined) throw new Unscored({ code: 'NOT_FOUND', message: 'The deployment of this job was deleted.' })
  if (!deployment.active) throw new Unscored({ code: 'DEPLOYMENT_INACTIVE', message: `The deployment ${job.deployment_id} is not active any more.` })
  if (deployment.stopped_at !== null || (await stops.ofTeam(job.team_id)) !== null) throw new Unscored({ code: 'DEPLOYMENT_STOPPED', message: 'The deployment was stopped while the file was scored.' })
}

/** Rows that are scored before others of this process have their turn, and those that are read at a time. */
const rowsAtOnce = 250
const rowsAPage = 20_000

interface Paging {
  readonly dataset: DatasetRow
  readonly model: LinkedModel
  readonly keep: readonly string[]
}

/** The rows of a dataset in their order, by display name, with the columns that are wanted. */
async function* pages({ data }: ServiceInput, { dataset: { table }, model, keep }: Paging, signal: AbortSignal): AsyncGenerator<Readonly<Record<string, Cell>>[]> {
  const keys = new Set(model.reads.map(columnKey))
  const wanted = table.columns.filter(({ name: column }) => keep.includes(column) || keys.has(columnKey(column)))
  const list = join([name(rowIdColumn), ...wanted.map(({ id }) => name(id))])
  for (let after = -1; ; ) {
    const query = sql`select ${list} from t where ${name(rowIdColumn)} > ${after} order by ${name(rowIdColumn)} limit ${rowsAPage}`
    const found = await data.query(query, { tables: { t: table.hash }, signal })
    if (found.length === 0) return
    yield found.map((row) => {
      const named: Record<string, Cell> = Object.create(null)
      for (const { id, name: column } of wanted) named[column] = row[id] ?? null
      return named
    })
    after = Number(found.at(-1)?.[rowIdColumn])
  }
}
