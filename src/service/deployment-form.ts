import { tableSchema, type Column, type ColumnProfile, type Table } from '#core/dataset'
import type { Deployment } from '#core/deployment'
import { accept, refuse, type Result } from '#core/errors'
import { isStarted } from '#core/run'
import { runTextsSchema } from '#core/run-settings'
import { name as quoted, number, sql } from '#core/sql'
import type { ModelVersionRow } from '#core/store-ports'
import { termImportances } from '#ml/term-importances'
import type { DeploymentFieldAnswer, DeploymentFormAnswer } from '#wire/deployment-trial'
import { openModel, trainedVersion } from './deployed-model.ts'
import { payloadOf } from './deployments.ts'
import type { ServiceInput } from './ports.ts'

/** What a person needs to fill in a row for a deployment: its columns with their values, and rows to begin with. */
export async function formOf(input: ServiceInput, deployment: Deployment, columnFields: ColumnFields): Promise<Result<DeploymentFormAnswer>> {
  const version = await input.models.version(deployment.version_id)
  if (version === undefined || !isStarted(version.run)) return refuse('NOT_FOUND', 'The model version of this deployment is gone.')
  const rows = await payloadOf(input, deployment)
  if (!rows.ok) return rows
  const { scorer } = await openModel(input, version)
  const trained = await trainedVersion(input, version)
  const { document } = scorer
  const importances = new Map(termImportances(document.model).map(({ name: feature, importance }) => [feature, importance]))
  const fields = await fieldsOf({ input, columnFields }, { version, dataset: version.run.dataset, reads: document.pipeline.reads, importances })
  const { name: model_name } = runTextsSchema.parse(await input.blobs.get(version.run.texts))
  const { deployment_id, model_id, version_id, run_id, active, stopped_at, created_by, created_at } = deployment
  return accept({
    deployment_id, model_id, version_id, run_id, model_name,
    label: document.label,
    task: document.task,
    classes: [...(document.classes ?? [])],
    positive: trained.positive,
    link: document.model.link,
    trainer: trained.trainer_title,
    threshold: document.task === 'binary' ? (deployment.threshold ?? document.threshold ?? 0.5) : null,
    calibration: document.task === 'binary' ? document.calibration : null,
    active,
    stopped: stopped_at !== null || (await input.stops.ofTeam(deployment.team_id)) !== null,
    created_by,
    created: created_at,
    fields,
    rows: rows.value,
  })
}

interface FieldsWanted {
  readonly version: ModelVersionRow
  readonly dataset: string
  readonly reads: readonly string[]
  readonly importances: ReadonlyMap<string, number>
}

/** The columns that rows have to have: those of the preprocessor where one is linked, else those of the raw table. */
async function fieldsOf({ input, columnFields }: { readonly input: ServiceInput; readonly columnFields: ColumnFields }, wanted: FieldsWanted): Promise<DeploymentFieldAnswer[]> {
  const { version } = wanted
  const linked = await input.preprocessors.linkedTo(version.version_id)
  if (linked?.fit != null) return linked.fit.input.map(({ name: column, type }) => ({ ...unknownField, name: column, type }))
  return columnFields(wanted)
}

/** The columns of the raw table that a version reads, as fields. */
export type ColumnFields = (wanted: FieldsWanted) => Promise<DeploymentFieldAnswer[]>

const mostForms = 64

/** Looks at the table of a version once: neither of them ever changes. */
export function columnFieldsCache(input: ServiceInput): ColumnFields {
  const known = new Map<string, Promise<DeploymentFieldAnswer[]>>()
  return function cachedFields(wanted) {
    const { version_id } = wanted.version
    const found = known.get(version_id) ?? rawFields(input, wanted)
    known.delete(version_id)
    known.set(version_id, found)
    found.catch(() => known.delete(version_id))
    const [oldest] = known.keys()
    if (known.size > mostForms && oldest !== undefined) known.delete(oldest)
    return found
  }
}

async function rawFields(input: ServiceInput, { dataset, reads, importances }: FieldsWanted): Promise<DeploymentFieldAnswer[]> {
  const raw = tableSchema.parse(await input.blobs.get(dataset))
  const table: Table = { ...raw, columns: raw.columns.filter((column) => reads.includes(column.name)) }
  if (table.columns.length === 0) return []
  const profile = await input.data.profile(table, { signal: new AbortController().signal })
  const fields = await Promise.all(profile.columns.map(async (column) => fieldOf(column, { rows: profile.rows, importance: importances.get(column.name) ?? null, levels: await levelsOf(input, table, column) })))
  return fields.toSorted((left, right) => (right.importance ?? -1) - (left.importance ?? -1))
}

const unknownField = { importance: null, rows: 0, missing: 0, range: null, dates: null, levels: null, distinct: 0 }

/** More levels than this are typed, not picked. */
const mostLevels = 60

async function levelsOf({ data }: ServiceInput, { hash }: Table, { id, type, distinct, top }: ColumnProfile): Promise<DeploymentFieldAnswer['levels']> {
  if (type !== 'text' && type !== 'boolean') return null
  if (distinct <= top.length || distinct > mostLevels) return top.map(({ value, count }) => ({ level: value, rows: count }))
  const column = quoted(id)
  const query = sql`select ${column} as level, count(*) as rows from raw where ${column} is not null group by ${column} order by count(*) desc, ${column} limit ${number(mostLevels)}`
  const found = await data.query(query, { tables: { raw: hash }, signal: new AbortController().signal })
  return found.map(({ level, rows }) => ({ level: String(level), rows: Number(rows) }))
}

interface FieldFacts {
  readonly rows: number
  readonly importance: number | null
  readonly levels: DeploymentFieldAnswer['levels']
}

function fieldOf({ name: column, type, missing, distinct, numeric }: ColumnProfile, { rows, importance, levels }: FieldFacts): DeploymentFieldAnswer {
  const counted = type === 'number' || type === 'integer'
  const middle = Math.floor((numeric?.quantiles.length ?? 0) / 2)
  return {
    name: column, type, importance, rows, missing, distinct, levels,
    range: numeric !== null && counted ? { min: numeric.min, max: numeric.max, median: numeric.quantiles[middle] ?? numeric.min, histogram: numeric.histogram } : null,
    dates: numeric !== null && !counted ? { min: momentText(numeric.min, type), max: momentText(numeric.max, type) } : null,
  }
}

/** A day or a second since 1970 as it is written. */
function momentText(value: number, type: Column['type']): string {
  const text = new Date(value * (type === 'date' ? 86_400_000 : 1_000)).toISOString()
  return type === 'date' ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}
