import { sql } from 'kysely'
import type { Asked } from '#core/command'
import { SignalboxError } from '#core/errors'
import { actorSchema } from '#core/event'
import type { StopPress, StopStore, TeamStop } from '#core/stop-ports'
import { patient, type Database, type Db, type Trx } from './database.ts'
import { deploymentChannel } from './deployment-log.ts'
import { appendEvents, deploymentStream, streamHead, teamStream } from './event-log.ts'

/** The version of the payload layouts of a team's events. */
const teamEventVersion = 1

/** Stop buttons over Postgres; each press is an event of the team or of the deployment. */
export function stopStore(database: Database): StopStore {
  const { db } = database
  return {
    ...patient({
      ofTeam: (teamId: string) => stopOf(db, teamId),
      presses: (teamId: string, limit: number) => presses(db, teamId, limit),
    }),
    press: (teamId, press, asked) => database.transaction((trx) => pressed(trx, { teamId, ...press }, asked)),
  }
}

export async function isStopped(db: Db, teamId: string): Promise<boolean> {
  return (await stopOf(db, teamId)) !== null
}

async function stopOf(db: Db | Trx, teamId: string): Promise<TeamStop | null> {
  const row = await db.selectFrom('team').select(['stopped_at', 'stopped_by']).where('team_id', '=', teamId).executeTakeFirst()
  return row?.stopped_at == null ? null : { at: row.stopped_at.toISOString(), by: row.stopped_by ?? '' }
}

interface Press {
  readonly teamId: string
  readonly stops: boolean
  readonly reason: string | null
}

async function pressed(trx: Trx, { teamId, stops, reason }: Press, { actor, now: at }: Asked): Promise<TeamStop | null> {
  await trx.selectFrom('team').select('team_id').where('team_id', '=', teamId).forUpdate().executeTakeFirstOrThrow()
  const before = await stopOf(trx, teamId)
  if ((before !== null) === stops) return before
  const stream = teamStream(teamId)
  const events = [{ type: stops ? 'team-stopped' : 'team-resumed', actor, at, payload: { reason } }]
  if (!(await appendEvents(trx, stream, { head: await streamHead(trx, stream), events, version: teamEventVersion }))) {
    throw new SignalboxError({ code: 'WRITE_CONFLICT', message: 'The team was changed at the same moment.' })
  }
  const after = stops ? { at, by: actor.name } : null
  await trx.updateTable('team').set({ stopped_at: after === null ? null : new Date(after.at), stopped_by: after?.by ?? null }).where('team_id', '=', teamId).execute()
  // Without the id of a deployment: whoever listens forgets them all.
  await sql`select pg_notify(${deploymentChannel}, '')`.execute(trx)
  return after
}

const stopTypes = ['deployment-stopped', 'deployment-resumed', 'team-stopped', 'team-resumed']

async function presses(db: Db, teamId: string, limit: number): Promise<StopPress[]> {
  const own = await db.selectFrom('deployment').select('deployment_id').where('team_id', '=', teamId).execute()
  const streams = [teamStream(teamId), ...own.map(({ deployment_id }) => deploymentStream(deployment_id))]
  const rows = await db
    .selectFrom('event')
    .select(['stream', 'type', 'actor', 'at', 'payload'])
    .where('type', 'in', stopTypes)
    .where('stream', 'in', streams)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ stream, type, actor, at, payload }) => ({
    deployment_id: stream.startsWith('deployment:') ? stream.slice('deployment:'.length) : null,
    stops: type.endsWith('stopped'),
    actor: actorSchema.parse(JSON.parse(actor)),
    at,
    reason: JSON.parse(payload).reason,
  }))
}
