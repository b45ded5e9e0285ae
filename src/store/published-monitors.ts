import { engineActor, type NewRunEvent } from '#core/event'
import type { Publication } from '#core/publication'
import type { Run } from '#core/run'
import type { Trx } from './database.ts'
import { insertMonitor, readMonitor, removeMonitor } from './monitor-log.ts'

interface Published {
  readonly publication: Publication
  readonly event: NewRunEvent
}

/** Makes the monitor that an outcome publishes, in the event's own transaction; one that is there stays as it is. */
export async function publishMonitor(trx: Trx, run: Run, { publication, event }: Published): Promise<void> {
  const version = 'published' in run ? run.published.find(({ kind }) => kind === 'model_version') : undefined
  if (version === undefined) throw new Error('a monitor is published without its model version')
  const { id: monitor_id, model_id, content } = publication
  const { team_id, run_id } = run
  const caption = await trx.selectFrom('run').select('name').where('run_id', '=', run_id).executeTakeFirst()
  const made = 'decisions' in run ? run.decisions.findLast(({ phase }) => phase === 'monitoring_creation') : undefined
  const row = { monitor_id, team_id, model_id, version_id: version.id, run_id, content, name: caption?.name ?? '', description: '', data_source_type: 'csv' }
  await insertMonitor(trx, row, { actor: made?.actor ?? engineActor, now: event.at })
}

/** Deletes the monitors whose model goes with its run. */
export async function deleteMonitorsOf(trx: Trx, runId: string, events: readonly NewRunEvent[]): Promise<void> {
  const last = events.at(-1)
  if (last === undefined) return
  const rows = await trx.selectFrom('monitor').selectAll().where('run_id', '=', runId).forUpdate().execute()
  for (const row of rows) await removeMonitor(trx, readMonitor(row), { actor: last.actor, now: last.at })
}
