import { sql } from 'kysely'
import { patient, type Database } from './database.ts'

/** The channel on which new progress is told, as the run's id. */
export const progressChannel = 'signalbox_progress'

/** What the step of an option is called among the timings, before its id. */
export const optionPrefix = 'option '

/** The progress of the step that is computing: one row a run, overwritten; and how long each step took. */
export interface ProgressStore {
  set(runId: string, at: { phase: string; fraction: number; text: string | null }): Promise<void>
  get(runId: string): Promise<{ phase: string; fraction: number; text: string | null } | undefined>
  timed(runId: string, step: { phase: string; step: string; seconds: number; at: Date }): Promise<void>
  timedOptions(runId: string, proposed: { phase: string; seconds: ReadonlyMap<string, number>; at: Date }): Promise<void>
}

export function progressStore({ db }: Database): ProgressStore {
  return patient({
    async set(runId, { phase, fraction, text }) {
      await db
        .insertInto('progress')
        .columns(['run_id', 'phase', 'fraction', 'text'])
        .expression((builder) =>
          builder
            .selectFrom('run')
            .select(({ val, cast }) => ['run_id', cast<string>(val(phase), 'text').as('phase'), cast<number>(val(fraction), 'double precision').as('fraction'), cast<string | null>(val(text), 'text').as('text')])
            .where('run_id', '=', runId),
        )
        .onConflict((conflict) => conflict.column('run_id').doUpdateSet({ phase, fraction, text }))
        .execute()
      await sql`select pg_notify(${progressChannel}, ${runId})`.execute(db)
    },
    get: (runId) => db.selectFrom('progress').select(['phase', 'fraction', 'text']).where('run_id', '=', runId).executeTakeFirst(),
    async timed(runId, { phase, step, seconds, at }) {
      const known = await db.selectFrom('run').select('run_id').where('run_id', '=', runId).executeTakeFirst()
      if (known !== undefined) await db.insertInto('timing').values({ run_id: runId, phase, step, seconds, at }).execute()
    },
    async timedOptions(runId, { phase, seconds, at }) {
      const known = await db.selectFrom('run').select('run_id').where('run_id', '=', runId).executeTakeFirst()
      if (known === undefined || seconds.size === 0) return
      const rows = [...seconds].map(([option, busy]) => ({ run_id: runId, phase, step: `${optionPrefix}${option}`, seconds: busy, at }))
      await db.insertInto('timing').values(rows).execute()
    },
  })
}
