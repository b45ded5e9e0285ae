import { sql } from 'kysely'
import { z } from 'zod'
import { columnSchema } from '#core/dataset'
import { pipelineSpecSchema } from '#core/pipeline-spec'
import type { NewVersion, PreprocessorFit, PreprocessorRow, PreprocessorStore, PreprocessorVersionRow } from '#core/preprocessor'
import { patient, type Database, type Db, type Trx } from './database.ts'
import { appendToTeam, versionAdded, versionFitted, versionLinked } from './preprocessor-log.ts'
import { removePreprocessor, removeVersion } from './preprocessor-removal.ts'

/** Preprocessors over Postgres. A spec is kept as JSON text, so that it comes back as it was sent. */
export function preprocessorStore(database: Database): PreprocessorStore {
  return { ...reading(database.db), ...changing(database) }
}

type Reading = 'get' | 'list' | 'version' | 'linkedTo'

function reading(db: Db): Pick<PreprocessorStore, Reading> {
  return patient({
    get: (preprocessorId: string) => rows(db).where('p.preprocessor_id', '=', preprocessorId).executeTakeFirst().then(orUndefined(readRow)),
    async list(teamId: string) {
      const found = await rows(db).where('p.team_id', '=', teamId).orderBy('p.created_at', 'desc').orderBy('p.preprocessor_id').execute()
      return found.map(readRow)
    },
    version: (versionId: string) => versions(db).where('v.version_id', '=', versionId).executeTakeFirst().then(orUndefined(readVersion)),
    linkedTo: (modelVersionId: string) =>
      versions(db)
        .innerJoin('preprocessor_link as l', 'l.preprocessor_version_id', 'v.version_id')
        .where('l.model_version_id', '=', modelVersionId)
        .executeTakeFirst()
        .then(orUndefined(readVersion)),
  })
}

function orUndefined<From, To>(read: (from: From) => To): (from: From | undefined) => To | undefined {
  return (from) => (from === undefined ? undefined : read(from))
}

function rows(db: Db) {
  return db
    .selectFrom('preprocessor as p')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('preprocessor_version as v')
          .whereRef('v.preprocessor_id', '=', 'p.preprocessor_id')
          .select([
            sql<number>`count(*)`.as('versions'),
            sql<string | null>`(array_agg(v.version_id order by v.number desc))[1]`.as('newest_version_id'),
            sql<Date | null>`max(v.created_at)`.as('newest_at'),
          ])
          .as('n'),
      (join) => join.onTrue(),
    )
    .select(['p.preprocessor_id', 'p.team_id', 'p.name', 'p.description', 'p.created_by', 'p.created_at', 'n.versions', 'n.newest_version_id', 'n.newest_at'])
}

function readRow({ newest_at, versions: count, ...row }: Omit<PreprocessorRow, 'updated_at' | 'versions'> & { newest_at: Date | null; versions: number | null }): PreprocessorRow {
  return { ...row, versions: count ?? 0, updated_at: newest_at ?? row.created_at }
}

function versions(db: Db) {
  return db
    .selectFrom('preprocessor_version as v')
    .innerJoin('preprocessor as p', 'p.preprocessor_id', 'v.preprocessor_id')
    .leftJoin('preprocessor_fit as f', 'f.version_id', 'v.version_id')
    .select(['v.version_id', 'v.preprocessor_id', 'v.number', 'v.spec', 'v.parent_version_id', 'v.created_by', 'v.created_at', 'p.team_id', 'f.rows', 'f.content', 'f.fitted_by', 'f.fitted_at'])
    .select(sql<string[]>`array(select l.model_version_id::text from preprocessor_link l where l.preprocessor_version_id = v.version_id order by 1)`.as('linked_models'))
}

const fitContentSchema = z.strictObject({
  input: z.array(columnSchema),
  output: z.array(columnSchema),
  state: z.record(z.string(), z.json()),
  sample: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
})

type StoredVersion = Omit<PreprocessorVersionRow, 'spec' | 'fit'> & { spec: string; rows: number | null; content: string | null; fitted_by: string | null; fitted_at: Date | null }

function readVersion({ spec, rows: count, content, fitted_by, fitted_at, ...row }: StoredVersion): PreprocessorVersionRow {
  const fitted = count !== null && content !== null && fitted_by !== null && fitted_at !== null
  const fit = fitted ? { version_id: row.version_id, rows: count, ...fitContentSchema.parse(JSON.parse(content)), fitted_by, fitted_at } : null
  return { ...row, spec: pipelineSpecSchema.parse(JSON.parse(spec)), fit }
}

function changing({ transaction }: Database): Omit<PreprocessorStore, Reading> {
  return {
    create: (preprocessor, first) =>
      transaction(async (trx) => {
        const made = await trx.insertInto('preprocessor').values(preprocessor).onConflict((on) => on.columns(['team_id', 'name']).doNothing()).returning('preprocessor_id').executeTakeFirst()
        if (made === undefined) return false
        await insertVersion(trx, first)
        const { preprocessor_id, team_id, created_by, created_at } = preprocessor
        const created = { type: 'preprocessor-created', actor: { kind: 'key' as const, name: created_by }, at: created_at.toISOString(), payload: { preprocessor_id } }
        await appendToTeam(trx, { teamId: team_id, events: [created, ...versionEvents(first)] })
        return true
      }),
    addVersion: (added) =>
      transaction(async (trx) => {
        const held = await trx.selectFrom('preprocessor').select('team_id').where('preprocessor_id', '=', added.version.preprocessor_id).forUpdate().executeTakeFirst()
        if (held === undefined) return false
        await insertVersion(trx, added)
        await appendToTeam(trx, { teamId: held.team_id, events: versionEvents(added) })
        return true
      }),
    keepFit: (fit) =>
      transaction(async (trx) => {
        const held = await holdVersion(trx, fit.version_id)
        if (held === undefined) return 'unknown'
        const link = await trx.selectFrom('preprocessor_link').select('model_version_id').where('preprocessor_version_id', '=', fit.version_id).executeTakeFirst()
        if (link !== undefined) return 'linked'
        await insertFit(trx, fit)
        await appendToTeam(trx, { teamId: held.team_id, events: [versionFitted(fit)] })
        return 'kept'
      }),
    link: ({ model_version_id, ...link }) =>
      transaction(async (trx) => {
        // Held, so that neither its fit nor its row can go while a model begins to rely on them.
        const held = await holdVersion(trx, link.preprocessor_version_id)
        const model = await trx.selectFrom('publication').select('id').where('id', '=', model_version_id).where('kind', '=', 'model_version').forShare().executeTakeFirst()
        if (held === undefined || model === undefined) return false
        const before = await trx.selectFrom('preprocessor_link').select('preprocessor_version_id').where('model_version_id', '=', model_version_id).forUpdate().executeTakeFirst()
        if (before?.preprocessor_version_id === link.preprocessor_version_id) return true
        await trx.insertInto('preprocessor_link').values({ model_version_id, ...link }).onConflict((on) => on.column('model_version_id').doUpdateSet(link)).execute()
        await appendToTeam(trx, { teamId: held.team_id, events: [versionLinked({ model_version_id, ...link }, before?.preprocessor_version_id ?? null)] })
        return true
      }),
    delete: (preprocessorId, asked) => transaction((trx) => removePreprocessor(trx, preprocessorId, asked)),
    deleteVersion: (versionId, asked) => transaction((trx) => removeVersion(trx, versionId, asked)),
  }
}

function versionEvents({ version, fit }: NewVersion) {
  return [versionAdded(version), ...(fit === null ? [] : [versionFitted(fit)])]
}

/** The version as it stands, held until the transaction ends. */
function holdVersion(trx: Trx, versionId: string) {
  return trx
    .selectFrom('preprocessor_version as v')
    .innerJoin('preprocessor as p', 'p.preprocessor_id', 'v.preprocessor_id')
    .select('p.team_id')
    .where('v.version_id', '=', versionId)
    .forUpdate('v')
    .executeTakeFirst()
}

/** The caller holds the preprocessor, so that no two versions take one number. */
async function insertVersion(trx: Trx, { version, fit }: NewVersion): Promise<void> {
  const { spec, ...row } = version
  const { newest } = await trx
    .selectFrom('preprocessor_version')
    .select(sql<number>`coalesce(max(number), 0)`.as('newest'))
    .where('preprocessor_id', '=', version.preprocessor_id)
    .executeTakeFirstOrThrow()
  await trx.insertInto('preprocessor_version').values({ ...row, number: newest + 1, spec: JSON.stringify(spec) }).execute()
  if (fit !== null) await insertFit(trx, fit)
}

async function insertFit(trx: Trx, { version_id, rows: count, fitted_by, fitted_at, ...content }: PreprocessorFit): Promise<void> {
  const values = { rows: count, content: JSON.stringify(content), fitted_by, fitted_at }
  await trx.insertInto('preprocessor_fit').values({ version_id, ...values }).onConflict((on) => on.column('version_id').doUpdateSet(values)).execute()
}
