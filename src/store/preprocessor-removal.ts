import type { Asked } from '#core/command'
import type { Removal } from '#core/preprocessor'
import type { Trx } from './database.ts'
import { appendToTeam } from './preprocessor-log.ts'

/** A preprocessor goes with all its versions, unless rows of a model go through one of them. */
export async function removePreprocessor(trx: Trx, preprocessorId: string, { actor, now: at }: Asked): Promise<Removal> {
  const held = await trx.selectFrom('preprocessor').select('team_id').where('preprocessor_id', '=', preprocessorId).forUpdate().executeTakeFirst()
  if (held === undefined) return 'unknown'
  const versions = await trx.selectFrom('preprocessor_version').select('version_id').where('preprocessor_id', '=', preprocessorId).forUpdate().execute()
  if (await isLinked(trx, versions.map(({ version_id }) => version_id))) return 'linked'
  await trx.deleteFrom('preprocessor').where('preprocessor_id', '=', preprocessorId).execute()
  await appendToTeam(trx, { teamId: held.team_id, events: [{ type: 'preprocessor-deleted', actor, at, payload: { preprocessor_id: preprocessorId } }] })
  return 'deleted'
}

/** One version goes; those that were made from it stay. */
export async function removeVersion(trx: Trx, versionId: string, { actor, now: at }: Asked): Promise<Removal> {
  const held = await trx
    .selectFrom('preprocessor_version as v')
    .innerJoin('preprocessor as p', 'p.preprocessor_id', 'v.preprocessor_id')
    .select(['p.team_id', 'p.preprocessor_id'])
    .where('v.version_id', '=', versionId)
    .forUpdate('v')
    .executeTakeFirst()
  if (held === undefined) return 'unknown'
  if (await isLinked(trx, [versionId])) return 'linked'
  await trx.deleteFrom('preprocessor_version').where('version_id', '=', versionId).execute()
  await appendToTeam(trx, { teamId: held.team_id, events: [{ type: 'preprocessor-version-deleted', actor, at, payload: { preprocessor_id: held.preprocessor_id, version_id: versionId } }] })
  return 'deleted'
}

async function isLinked(trx: Trx, versionIds: readonly string[]): Promise<boolean> {
  if (versionIds.length === 0) return false
  const link = await trx.selectFrom('preprocessor_link').select('model_version_id').where('preprocessor_version_id', 'in', versionIds).executeTakeFirst()
  return link !== undefined
}
