import { sql } from 'kysely'
import type { FigureStore } from '#core/figures'
import { runStatuses } from '#core/phase-names'
import type { Db } from './database.ts'

interface Counted {
  readonly what: string
  readonly which: string
  readonly count: number
}

/** All counts in one query. */
export function figureStore(db: Db): FigureStore {
  return {
    async count() {
      const { rows } = await sql<Counted>`
        select 'run' as what, status as which, count(*) as count from run group by status
        union all select 'owed', '', count(*) from run where owed
        union all select 'held', '', count(*) from lease
        union all select 'job', 'report', count(*) from report_job where ended_at is null
        union all select 'job', 'scoring', count(*) from scoring_job where ended_at is null
        union all select 'deployment', case when d.stopped_at is not null or t.stopped_at is not null then 'stopped' when d.active then 'active' else 'inactive' end, count(*)
          from deployment d join team t using (team_id) where d.deleted_at is null group by 2`.execute(db)
      const of = (what: string) => Object.fromEntries(rows.filter((row) => row.what === what).map(({ which, count }) => [which, count]))
      return {
        runs: { ...Object.fromEntries(runStatuses.map((status) => [status, 0])), ...of('run') },
        runs_owed: of('owed')[''] ?? 0,
        runs_held: of('held')[''] ?? 0,
        jobs: of('job'),
        deployments: { active: 0, inactive: 0, stopped: 0, ...of('deployment') },
      }
    },
  }
}
