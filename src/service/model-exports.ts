import { accept, refuse, type Result } from '#core/errors'
import type { Column } from '#core/dataset'
import { tableSchema } from '#core/dataset'
import { isStarted } from '#core/run'
import { join, name, number, sql } from '#core/sql'
import type { ModelVersionRow } from '#core/store-ports'
import { type CheckRow, checkRows, strangeRows } from '#scoring/check-rows'
import { exportFormatsByName, type ExportFormat } from '#scoring/export-formats'
import type { RawRow } from '#scoring/row-reader'
import type { Scorer } from '#scoring/scorer'
import { exportFormats, type ExportAbility, type ExportFormatName } from '#wire/model-export'
import { openModel } from './deployed-model.ts'
import { ownVersion } from './deployments.ts'
import type { ServiceInput } from './ports.ts'
import type { ModelExports } from './model-exports-facade.ts'
import { verifiedAtExport, verifyExport } from './verify-export.ts'

/** Model versions as files that score elsewhere. */
export function openModelExports(input: ServiceInput): ModelExports {
  return {
    async list(caller, versionId) {
      const version = await ownVersion(input, caller, versionId)
      if (!version.ok) return version
      const { scorer } = await openModel(input, version.value)
      const linked = await checkUnlinked(input, versionId)
      return accept({ version_id: versionId, formats: exportFormats.map((format) => abilityOf(format, versionId, linked.ok ? scorer : linked)) })
    },
    async read(caller, versionId, query) {
      const version = await ownVersion(input, caller, versionId)
      if (!version.ok) return version
      const linked = await checkUnlinked(input, versionId)
      if (!linked.ok) return linked
      const { scorer } = await openModel(input, version.value)
      const checks = await drawChecks(input, version.value, scorer)
      const format: ExportFormat = exportFormatsByName[query.format]
      const made = format.make(scorer, { checks: query.check_rows ? checks : [], table: query.table })
      if (!made.ok) return made
      const checked = await verifyExport(input, scorer, { format: query.format, checks })
      if (!checked.ok) return checked
      const { content, takes } = made.value
      return accept({ file_name: fileName(versionId, format), content_type: format.contentType, content, takes, checked: checked.value })
    },
  }
}

function fileName(versionId: string, { extension }: ExportFormat): string {
  return `model-${versionId.slice(0, 8)}.${extension}`
}

/** A preprocessor before a model is no part of it, so that a file of the model alone would not score as the API. */
async function checkUnlinked({ preprocessors }: ServiceInput, versionId: string): Promise<Result<null>> {
  if ((await preprocessors.linkedTo(versionId)) === undefined) return accept(null)
  return refuse('EXPORT_UNSAYABLE', 'A preprocessor is linked before this version, and exports hold the pipeline of the model alone.', { suggestion: 'Unlink the preprocessor, or train a run on the prepared table.' })
}

function abilityOf(name: ExportFormatName, versionId: string, scorer: Scorer | Extract<Result<null>, { ok: false }>): ExportAbility {
  const format: ExportFormat = exportFormatsByName[name]
  const made = 'document' in scorer ? format.make(scorer, { checks: [], table: 'rows' }) : scorer
  const file_name = fileName(versionId, format)
  const common = { format: name, file_name, content_type: format.contentType, verified_at_export: verifiedAtExport.includes(name), verify: format.verify(file_name) }
  if (made.ok) return { ...common, available: true, takes: made.value.takes, refusal: null, note: made.value.note }
  const { code, message } = made.refusal
  return { ...common, available: false, takes: 'raw_rows', refusal: { code, message }, note: message }
}

/** So many rows are drawn, evenly over the table. */
const drawn = 24
/** A wide table has a strange row for each of so many columns. */
const mostStrange = 60

/** Rows of the training table, the same ones each time, and rows with gaps and unseen values made of them. */
async function drawChecks(input: ServiceInput, { run }: ModelVersionRow, scorer: Scorer): Promise<CheckRow[]> {
  const { columns, reads } = scorer.document.pipeline
  const read = columns.filter((column) => reads.includes(column.name))
  const rows = isStarted(run) ? await drawRows(input, run.dataset, read) : []
  return checkRows(scorer, [...rows, ...strangeRows(read.slice(0, mostStrange), rows)])
}

async function drawRows({ blobs, data }: ServiceInput, dataset: string, columns: readonly Column[]): Promise<RawRow[]> {
  if (columns.length === 0) return []
  const table = tableSchema.parse(await blobs.get(dataset))
  const ids = [...new Set(Array.from({ length: drawn }, (_, i) => Math.floor((i * table.rows) / drawn)))]
  const query = sql`select ${join(columns.map(({ id }) => name(id)))} from t where row_id in (${join(ids.map(number))}) order by row_id`
  const found = await data.query(query, { tables: { t: table.hash }, signal: new AbortController().signal })
  return found.map((cells) => Object.fromEntries(columns.map((column) => [column.name, cells[column.id] ?? null])))
}
