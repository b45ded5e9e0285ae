import { sql } from 'kysely'
import type { RunLists, RunQuery, RunRow, TeamCounts } from '#core/store-ports'
import { patient, type Db } from './database.ts'
import { optionPrefix } from './progress.ts'

export function runLists(db: Db): RunLists {
  return patient({
    list: (query) => listRuns(db, query),
    async get(runId) {
      const row = await rows(db).where('run.run_id', '=', runId).executeTakeFirst()
      return row === undefined ? undefined : read(row)
    },
    async waiting(teamId, page) {
      // `opened_at` of the open decision sorts as text: every time in the log is ISO 8601 in UTC.
      const opened = sql<string>`run.state -> 'open' ->> 'opened_at'`
      const found = await rows(db).where('run.team_id', '=', teamId).where('run.status', '=', 'waiting_input').orderBy(opened).orderBy('run.run_id').limit(page.limit).offset(page.offset).execute()
      return found.map(read)
    },
    async overdue(now) {
      const found = await db.selectFrom('run').select('run_id').where('wait_until', '<=', new Date(now)).where('status', '=', 'waiting_input').execute()
      return found.map(({ run_id }) => run_id)
    },
    optionSeconds: (runId, phase) => optionSeconds(db, { runId, phase }),
    counts: (teamId) => countsOf(db, teamId),
  })
}

function rows(db: Db) {
  return db
    .selectFrom('run')
    .leftJoin('progress', 'progress.run_id', 'run.run_id')
    .select(['run.state', 'run.name', 'run.label', 'run.task', 'run.model_id', 'progress.fraction', 'progress.text'])
}

function read({ state, fraction, text, ...caption }: Pick<RunRow, 'name' | 'label' | 'task' | 'model_id'> & { state: RunRow['run']; fraction: number | null; text: string | null }): RunRow {
  return { run: state, ...caption, progress: fraction, progress_text: text }
}

async function listRuns(db: Db, query: RunQuery): Promise<RunRow[]> {
  let found = rows(db)
    .where('run.team_id', '=', query.team_id)
    .orderBy('run.created_at', 'desc')
    .orderBy('run.run_id', 'desc')
    .limit(query.limit)
    .offset(query.offset ?? 0)
  if (query.status !== undefined) found = found.where('run.status', '=', query.status)
  if (query.model_id !== undefined) found = found.where('run.model_id', '=', query.model_id)
  if (query.owner !== undefined) found = found.where(sql`run.state -> 'created_by' ->> 'name'`, '=', query.owner)
  // The phase that a run begins next is not in its state: what is owed is between two phases for a moment only.
  if (query.phase !== undefined) found = found.where(sql`run.state ->> 'current'`, '=', query.phase)
  if (query.search !== undefined && query.search !== '') {
    const part = `%${query.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    found = found.where((where) => where.or([where('run.name', 'ilike', part), where('run.label', 'ilike', part)]))
  }
  if (query.after !== undefined) {
    const { created_at, run_id } = query.after
    found = found.where(sql<boolean>`(run.created_at, run.run_id) < (${created_at}::timestamptz, ${run_id}::uuid)`)
  }
  return (await found.execute()).map(read)
}

/** Of several proposals of a phase the last one that computed an option tells. */
async function optionSeconds(db: Db, { runId, phase }: { runId: string; phase: string }): Promise<Record<string, number>> {
  const steps = await db.selectFrom('timing').select(['step', 'seconds']).where('run_id', '=', runId).where('phase', '=', phase).where('step', 'like', `${optionPrefix}%`).orderBy('id').execute()
  return Object.fromEntries(steps.map(({ step, seconds }) => [step.slice(optionPrefix.length), seconds]))
}

async function countsOf(db: Db, teamId: string): Promise<TeamCounts> {
  const found = await sql<TeamCounts>`
    select count(distinct model_id) filter (where kind = 'model_version') as models, (select count(*) from deployment d where d.team_id = ${teamId} and d.deleted_at is null) as deployments,
           (select count(*) from preprocessor p where p.team_id = ${teamId}) as preprocessors, (select count(*) from monitor m where m.team_id = ${teamId}) as monitors, count(*) filter (where kind = 'report') as reports
    from publication where team_id = ${teamId}`.execute(db)
  return found.rows[0] ?? { models: 0, preprocessors: 0, deployments: 0, monitors: 0, reports: 0 }
}
