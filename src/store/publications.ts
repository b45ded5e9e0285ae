import type { NewRunEvent } from '#core/event'
import type { Run } from '#core/run'
import type { Db, Trx } from './database.ts'
import { publishDeployment } from './published-deployments.ts'
import { publishMonitor } from './published-monitors.ts'

type OutcomeReached = Extract<NewRunEvent, { type: 'outcome-reached' }>

/** Writes the rows that an outcome publishes. Their ids come from run, phase and kind, so a repeat writes the same row. */
export async function writePublications(trx: Trx, run: Run, event: OutcomeReached): Promise<void> {
  for (const publication of event.payload.publishes) {
    const { kind, id, model_id, content } = publication
    await trx
      .insertInto('publication')
      .values({ id, kind, run_id: run.run_id, team_id: run.team_id, model_id, content, created_at: new Date(event.at) })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    if (kind === 'deployment') await publishDeployment(trx, run, { publication, event })
    if (kind === 'monitor') await publishMonitor(trx, run, { publication, event })
    await trx.updateTable('run').set({ model_id }).where('run_id', '=', run.run_id).execute()
  }
}

export interface PublishedRow {
  readonly id: string
  readonly kind: string
  readonly run_id: string
  readonly model_id: string
  readonly content: string
}

export async function publishedBy(db: Db | Trx, runId: string): Promise<PublishedRow[]> {
  return db.selectFrom('publication').select(['id', 'kind', 'run_id', 'model_id', 'content']).where('run_id', '=', runId).orderBy('created_at').execute()
}

export async function deletePublications(trx: Trx, runId: string): Promise<void> {
  await trx.deleteFrom('publication').where('run_id', '=', runId).execute()
}
