import { createHash } from 'node:crypto'
import { canonicalJson } from '#core/canonical-json'
import { SignalboxError } from '#core/errors'
import type { Actor } from '#core/event'
import type { Json } from '#core/canonical-json'
import type { PreprocessorFit, PreprocessorLink, PreprocessorVersion } from '#core/preprocessor'
import type { Trx } from './database.ts'
import { appendEvents, type LoggedEvent, streamHead, teamStream } from './event-log.ts'

/** The version of the payload layouts of a team's events. */
const teamEventVersion = 1

interface Appending {
  readonly teamId: string
  readonly events: readonly LoggedEvent[]
}

/** Appends what was decided of preprocessors to the chain of their team, whose row the transaction then holds. */
export async function appendToTeam(trx: Trx, { teamId, events }: Appending): Promise<void> {
  await trx.selectFrom('team').select('team_id').where('team_id', '=', teamId).forUpdate().executeTakeFirstOrThrow()
  const stream = teamStream(teamId)
  if (await appendEvents(trx, stream, { head: await streamHead(trx, stream), events, version: teamEventVersion })) return
  throw new SignalboxError({ code: 'WRITE_CONFLICT', message: 'The team was changed at the same moment.' })
}

/** Specs and what was learned hold names and values of rows, so the chain has their hashes only. */
function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value as Json)).digest('hex')
}

function byKey(name: string): Actor {
  return { kind: 'key', name }
}

export function versionAdded({ version_id, preprocessor_id, parent_version_id, spec, created_by, created_at }: PreprocessorVersion): LoggedEvent {
  return { type: 'preprocessor-version-added', actor: byKey(created_by), at: created_at.toISOString(), payload: { preprocessor_id, version_id, parent_version_id, spec: hashOf(spec) } }
}

export function versionFitted({ version_id, rows, input, output, state, fitted_by, fitted_at }: PreprocessorFit): LoggedEvent {
  return { type: 'preprocessor-version-fitted', actor: byKey(fitted_by), at: fitted_at.toISOString(), payload: { version_id, rows, learned: hashOf({ input, output, state }) } }
}

export function versionLinked({ model_version_id, preprocessor_version_id, linked_by, linked_at }: PreprocessorLink, replaces: string | null): LoggedEvent {
  return { type: 'preprocessor-version-linked', actor: byKey(linked_by), at: linked_at.toISOString(), payload: { model_version_id, preprocessor_version_id, replaces } }
}
