import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ReportStore } from '#core/report-ports'
import { patient, type Database, type Trx } from './database.ts'
import { reportSignatures } from './report-signatures.ts'
import { requestErasure } from './erasures.ts'

export function reportStore(database: Database): ReportStore {
  return { ...published(database), ...jobs(database), ...reportSignatures(database), holding: (jobId, work) => holding(database, jobId, work) }
}

const columns = ['id as report_id', 'team_id', 'run_id', 'model_id', 'content'] as const

function published({ db, transaction }: Database): Pick<ReportStore, 'get' | 'delete'> {
  return patient({
    get: (reportId: string) => db.selectFrom('publication').select(columns).where('id', '=', reportId).where('kind', '=', 'report').executeTakeFirst(),
    delete: (reportId: string, now: Date) =>
      transaction(async (trx) => {
        const gone = await trx.deleteFrom('publication').where('id', '=', reportId).where('kind', '=', 'report').returning('content').executeTakeFirst()
        if (gone !== undefined) await requestErasure(trx, { id: randomUUID(), roots: [gone.content], now })
        return gone !== undefined
      }),
  })
}

function jobs({ db, transaction }: Database): Pick<ReportStore, 'addJob' | 'job' | 'openJobs' | 'begin' | 'end'> {
  return patient({
    async addJob({ request, ...job }: Parameters<ReportStore['addJob']>[0]) {
      await db.insertInto('report_job').values({ ...job, request: JSON.stringify(request) }).onConflict((conflict) => conflict.doNothing()).execute()
    },
    job: (jobId: string) => db.selectFrom('report_job').selectAll().where('job_id', '=', jobId).executeTakeFirst(),
    async openJobs() {
      const rows = await db.selectFrom('report_job').select('job_id').where('ended_at', 'is', null).orderBy('created_at').orderBy('job_id').limit(100).execute()
      return rows.map(({ job_id }) => job_id)
    },
    begin: (jobId: string, now: Date) =>
      db
        .updateTable('report_job')
        .set(({ eb }) => ({ attempts: eb('attempts', '+', 1), started_at: now }))
        .where('job_id', '=', jobId)
        .where('ended_at', 'is', null)
        .returningAll()
        .executeTakeFirst(),
    end: (jobId: string, end: Parameters<ReportStore['end']>[1], now: Date) => transaction((trx) => endJob(trx, jobId, { end, now })),
  })
}

/** Where the run was deleted meanwhile its jobs went with it, and nothing is published. */
async function endJob(trx: Trx, jobId: string, { end, now }: { end: Parameters<ReportStore['end']>[1]; now: Date }): Promise<void> {
  const result = 'report' in end ? { report_id: end.report.report_id, error: null } : { report_id: null, error: end.error }
  const ended = await trx.updateTable('report_job').set({ ...result, ended_at: now }).where('job_id', '=', jobId).where('ended_at', 'is', null).returning('job_id').executeTakeFirst()
  if (ended === undefined || !('report' in end)) return
  const { report_id, ...row } = end.report
  await trx
    .insertInto('publication')
    .values({ id: report_id, kind: 'report', ...row, created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** An advisory lock on a transaction of its own: it is free again when the process goes, however it goes. */
function holding({ db }: Database, jobId: string, work: () => Promise<void>): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ ours: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`signalbox-report:${jobId}`}, 0)) as ours`.execute(trx)
    if (rows[0]?.ours !== true) return false
    await work()
    return true
  })
}
