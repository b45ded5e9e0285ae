import { sql, type Selectable } from 'kysely'
import { evolveDeployment, type Deployment, type NewDeploymentEvent } from '#core/deployment'
import { SignalboxError } from '#core/errors'
import type { Trx } from './database.ts'
import { appendEvents, deploymentStream, streamHead } from './event-log.ts'
import type { Tables } from './tables.ts'

/** The channel on which every change of a deployment is told, as its id. */
export const deploymentChannel = 'signalbox_deployment'

/** The version of the payload layouts of a deployment's events. */
const deploymentEventVersion = 1

export function readDeployment(row: Selectable<Tables['deployment']>): Deployment {
  const [deleted_at, stopped_at] = [row.deleted_at, row.stopped_at].map((time) => time?.toISOString() ?? null)
  return { ...row, created_at: row.created_at.toISOString(), deleted_at: deleted_at ?? null, stopped_at: stopped_at ?? null }
}

/** The deployment as it stands, held until the transaction ends; null where there is none. */
export async function lockDeployment(trx: Trx, deploymentId: string): Promise<Deployment | null> {
  const row = await trx.selectFrom('deployment').selectAll().where('deployment_id', '=', deploymentId).forUpdate().executeTakeFirst()
  return row === undefined ? null : readDeployment(row)
}

interface Appending {
  readonly deploymentId: string
  readonly before: Deployment | null
  readonly events: readonly NewDeploymentEvent[]
}

/** Appends events to the chain of a deployment, writes its row, and tells every process. */
export async function appendToDeployment(trx: Trx, { deploymentId, before, events }: Appending): Promise<Deployment> {
  const stream = deploymentStream(deploymentId)
  const head = await streamHead(trx, stream)
  if (!(await appendEvents(trx, stream, { head, events, version: deploymentEventVersion }))) {
    throw new SignalboxError({ code: 'WRITE_CONFLICT', message: 'The deployment was changed at the same moment.' })
  }
  let after = before
  for (const event of events) after = evolveDeployment(after, event, deploymentId)
  if (after === null) throw new Error('a deployment without an event')
  await write(trx, after)
  await sql`select pg_notify(${deploymentChannel}, ${deploymentId})`.execute(trx)
  return after
}

function timeOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

async function write(trx: Trx, deployment: Deployment): Promise<void> {
  const { deployment_id, created_at, deleted_at, stopped_at, fallback, ...row } = deployment
  const changed = { ...row, deleted_at: timeOf(deleted_at), stopped_at: timeOf(stopped_at), fallback: fallback === null ? null : JSON.stringify(fallback) }
  await trx
    .insertInto('deployment')
    .values({ deployment_id, created_at: new Date(created_at), ...changed })
    .onConflict((conflict) => conflict.column('deployment_id').doUpdateSet(changed))
    .execute()
  // A key's description is free text; with its deployment gone nothing needs it.
  if (deleted_at !== null) await trx.deleteFrom('deploy_key').where('deployment_id', '=', deployment_id).execute()
}
