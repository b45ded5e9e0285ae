import { randomUUID } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import { scoringRequestSchema, scoringStatuses, type NewScoringJob, type ScoringEnd, type ScoringJob, type ScoringStore } from '#core/scoring-job'
import { patient, type Database } from './database.ts'
import { requestErasure } from './erasures.ts'
import type { Tables } from './tables.ts'

/** Jobs that score files, over Postgres. */
export function scoringStore(database: Database): ScoringStore {
  return { ...asking(database), ...working(database), holding: (jobId, work) => holding(database, jobId, work) }
}

function asking({ db, transaction }: Database): Pick<ScoringStore, 'add' | 'get' | 'list' | 'open' | 'delete'> {
  return patient({
    async add({ request, ...job }: NewScoringJob) {
      await db.insertInto('scoring_job').values({ ...job, request: JSON.stringify(request), status: 'queued' }).onConflict((conflict) => conflict.doNothing()).execute()
    },
    async get(jobId: string) {
      const row = await db.selectFrom('scoring_job').selectAll().where('job_id', '=', jobId).executeTakeFirst()
      return row === undefined ? undefined : readJob(row)
    },
    async list(teamId: string, limit: number) {
      const rows = await db.selectFrom('scoring_job').selectAll().where('team_id', '=', teamId).orderBy('created_at', 'desc').orderBy('job_id').limit(limit).execute()
      return rows.map(readJob)
    },
    async open() {
      const rows = await db.selectFrom('scoring_job').select('job_id').where('ended_at', 'is', null).orderBy('created_at').orderBy('job_id').limit(100).execute()
      return rows.map(({ job_id }) => job_id)
    },
    delete: (jobId: string, now: Date) =>
      transaction(async (trx) => {
        const gone = await trx.deleteFrom('scoring_job').where('job_id', '=', jobId).where('ended_at', 'is not', null).returning('result').executeTakeFirst()
        if (gone?.result != null) await requestErasure(trx, { id: randomUUID(), roots: [gone.result], now })
        return gone !== undefined
      }),
  })
}

function working({ db }: Database): Pick<ScoringStore, 'begin' | 'progress' | 'end'> {
  return patient({
    async begin(jobId: string, now: Date) {
      const row = await db
        .updateTable('scoring_job')
        .set(({ eb }) => ({ attempts: eb('attempts', '+', 1), started_at: now, status: 'running', rows_done: 0, rows_failed: 0 }))
        .where('job_id', '=', jobId)
        .where('ended_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
      return row === undefined ? undefined : readJob(row)
    },
    async progress(jobId: string, done: { rows_done: number; rows_failed: number }) {
      const { numUpdatedRows } = await db.updateTable('scoring_job').set(done).where('job_id', '=', jobId).where('ended_at', 'is', null).executeTakeFirst()
      return numUpdatedRows > 0n
    },
    async end(jobId: string, end: ScoringEnd, now: Date) {
      const result = { status: end.status, result: end.status === 'done' ? end.result : null, error: end.status === 'failed' ? JSON.stringify(end.error) : null, ended_at: now }
      const { numUpdatedRows } = await db.updateTable('scoring_job').set(result).where('job_id', '=', jobId).where('ended_at', 'is', null).executeTakeFirst()
      return numUpdatedRows > 0n
    },
  })
}

function readJob(row: Selectable<Tables['scoring_job']>): ScoringJob {
  const status = scoringStatuses.find((known) => known === row.status)
  if (status === undefined) throw new Error(`a scoring job has the unknown status ${row.status}`)
  return { ...row, request: scoringRequestSchema.parse(row.request), status }
}

/** An advisory lock on a transaction of its own: it is free again when the process goes, however it goes. */
function holding({ db }: Database, jobId: string, work: () => Promise<void>): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ ours: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`signalbox-scoring:${jobId}`}, 0)) as ours`.execute(trx)
    if (rows[0]?.ours !== true) return false
    await work()
    return true
  })
}
