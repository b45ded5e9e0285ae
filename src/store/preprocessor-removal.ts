import type { Removal } from '#core/preprocessor'
import type { Trx } from './database.ts'

/** A preprocessor goes with all its versions, unless rows of a model go through one of them. */
export async function removePreprocessor(trx: Trx, preprocessorId: string): Promise<Removal> {
  const held = await trx.selectFrom('preprocessor').select('name').where('preprocessor_id', '=', preprocessorId).forUpdate().executeTakeFirst()
  if (held === undefined) return 'unknown'
  const versions = await trx.selectFrom('preprocessor_version').select('version_id').where('preprocessor_id', '=', preprocessorId).forUpdate().execute()
  if (await isLinked(trx, versions.map(({ version_id }) => version_id))) return 'linked'
  await trx.deleteFrom('preprocessor').where('preprocessor_id', '=', preprocessorId).execute()
  return 'deleted'
}

/** One version goes; those that were made from it stay. */
export async function removeVersion(trx: Trx, versionId: string): Promise<Removal> {
  const held = await trx.selectFrom('preprocessor_version').select('version_id').where('version_id', '=', versionId).forUpdate().executeTakeFirst()
  if (held === undefined) return 'unknown'
  if (await isLinked(trx, [versionId])) return 'linked'
  await trx.deleteFrom('preprocessor_version').where('version_id', '=', versionId).execute()
  return 'deleted'
}

async function isLinked(trx: Trx, versionIds: readonly string[]): Promise<boolean> {
  if (versionIds.length === 0) return false
  const link = await trx.selectFrom('preprocessor_link').select('model_version_id').where('preprocessor_version_id', 'in', versionIds).executeTakeFirst()
  return link !== undefined
}
