import { sql } from 'kysely'
import type { Run } from '#core/run'
import type { RunStatus } from '#core/phase-names'
import type { Db } from './database.ts'

export interface RunRow {
  readonly run: Run
  readonly name: string
  readonly label: string | null
  readonly task: string | null
  readonly progress: number | null
  readonly progress_text: string | null
}

export interface RunQuery {
  readonly team_id: string
  readonly status?: RunStatus | undefined
  readonly model_id?: string | undefined
  readonly limit: number
  readonly offset?: number | undefined
  /** The creation time and id of the last run of the page before. */
  readonly after?: { readonly created_at: string; readonly run_id: string } | undefined
}

/** The runs of a team, newest first. */
export async function listRuns(db: Db, query: RunQuery): Promise<RunRow[]> {
  let rows = db
    .selectFrom('run')
    .leftJoin('progress', 'progress.run_id', 'run.run_id')
    .select(['run.state', 'run.name', 'run.label', 'run.task', 'progress.fraction', 'progress.text'])
    .where('run.team_id', '=', query.team_id)
    .orderBy('run.created_at', 'desc')
    .orderBy('run.run_id', 'desc')
    .limit(query.limit)
    .offset(query.offset ?? 0)
  if (query.status !== undefined) rows = rows.where('run.status', '=', query.status)
  if (query.model_id !== undefined) {
    const { model_id } = query
    rows = rows.where(({ exists, selectFrom }) => exists(selectFrom('publication').select('id').whereRef('publication.run_id', '=', 'run.run_id').where('publication.model_id', '=', model_id)))
  }
  if (query.after !== undefined) rows = rows.where(sql<boolean>`(run.created_at, run.run_id) < (${query.after.created_at}::timestamptz, ${query.after.run_id}::uuid)`)
  return (await rows.execute()).map(({ state, name, label, task, fraction, text }) => ({ run: state, name, label, task, progress: fraction, progress_text: text }))
}

/** The caption of one run: what lists show beside its state. */
export async function runCaption(db: Db, runId: string): Promise<Omit<RunRow, 'run'> | undefined> {
  const row = await db
    .selectFrom('run')
    .leftJoin('progress', 'progress.run_id', 'run.run_id')
    .select(['run.name', 'run.label', 'run.task', 'progress.fraction', 'progress.text'])
    .where('run.run_id', '=', runId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { name: row.name, label: row.label, task: row.task, progress: row.fraction, progress_text: row.text }
}

/** Waiting runs whose deadline has passed. */
export async function overdueRuns(db: Db, now: string): Promise<string[]> {
  const rows = await db.selectFrom('run').select('run_id').where('wait_until', '<=', new Date(now)).where('status', '=', 'waiting_input').execute()
  return rows.map(({ run_id }) => run_id)
}

/** How many things of each kind a team has. */
export async function countOf(db: Db, teamId: string): Promise<{ models: number; deployments: number; monitors: number; reports: number; datasets: number }> {
  const { rows } = await sql<{ models: number; deployments: number; monitors: number; reports: number; datasets: number }>`
    select count(distinct model_id) filter (where kind = 'model_version') as models, count(*) filter (where kind = 'deployment') as deployments,
           count(*) filter (where kind = 'monitor') as monitors, count(*) filter (where kind = 'report') as reports,
           (select count(*) from dataset where team_id = ${teamId}) as datasets
    from publication where team_id = ${teamId}`.execute(db)
  return rows[0] ?? { models: 0, deployments: 0, monitors: 0, reports: 0, datasets: 0 }
}
