import { accept, refuse, type Result } from '#core/errors'
import { rowIdColumn } from '#core/dataset'
import { name, sql } from '#core/sql'
import type { DatasetRow } from '#core/store-ports'
import type { DatasetAnswer } from '#wire/dataset'
import type { ServiceInput } from './ports.ts'
import { presignedDownload, presignToken } from './presign.ts'
import type { Caller, Datasets, Download, ReceivedFile } from './signalbox.ts'
import { missingByGroup } from './missing-by-group.ts'
import { openRunOn } from './open-run.ts'
import { readOptionsFrom } from './read-options.ts'
import { setAsideDownload } from './set-aside.ts'
import { summarise } from './summarise.ts'

export function openDatasets(input: ServiceInput): Datasets {
  return {
    async upload(caller, file) {
      const stored = await storeDataset(input, caller, file)
      if (!stored.ok) return stored
      const { dataset_id, name: given, table } = stored.value
      return accept({ dataset_id, name: given, status: 'ready', rows: table.rows, columns: table.columns.length })
    },
    async summarizeFile(caller, file) {
      const stored = await storeDataset(input, caller, file)
      return stored.ok ? summariseAndOpen(input, caller, stored.value) : stored
    },
    async summarize(caller, body) {
      const dataset = await ownDataset(input, caller, body.dataset_id)
      return dataset.ok ? summariseAndOpen(input, caller, dataset.value) : dataset
    },
    async read(caller, datasetId) {
      const dataset = await ownDataset(input, caller, datasetId)
      return dataset.ok ? accept(datasetAnswer(dataset.value)) : dataset
    },
    async list(caller, teamId) {
      if (teamId !== caller.team_id) return refuse('NOT_FOUND', 'There is no such team for this key.')
      return accept((await input.datasets.list(teamId)).map(datasetAnswer))
    },
    async delete(caller, datasetId) {
      const dataset = await ownDataset(input, caller, datasetId)
      if (!dataset.ok) return dataset
      const done = await input.datasets.delete(datasetId)
      if (done === 'in-use') return refuse('DATASET_IN_USE', `The dataset "${dataset.value.name}" is used by at least one run.`)
      return done === 'deleted' ? accept({ dataset_id: datasetId, status: 'deleted' }) : unknownDataset()
    },
    async preview(caller, datasetId, query) {
      const dataset = await ownDataset(input, caller, datasetId)
      return dataset.ok ? accept(await previewRows(input, dataset.value, query)) : dataset
    },
    async missing(caller, datasetId, { groups }) {
      const dataset = await ownDataset(input, caller, datasetId)
      return dataset.ok ? accept(await missingByGroup(input, dataset.value.table, groups)) : dataset
    },
    async downloadCsv(caller, datasetId) {
      const dataset = await ownDataset(input, caller, datasetId)
      return dataset.ok ? accept(csvDownload(input, dataset.value)) : dataset
    },
    async downloadSetAside(caller, datasetId) {
      const dataset = await ownDataset(input, caller, datasetId)
      return dataset.ok ? setAsideDownload(input, dataset.value) : dataset
    },
    async presign(caller, datasetId) {
      const dataset = await ownDataset(input, caller, datasetId)
      return dataset.ok ? accept(presignToken(input, dataset.value)) : dataset
    },
    presigned: (token) => presignedDownload(input, token),
  }
}

function unknownDataset(): ReturnType<typeof refuse> {
  return refuse('DATASET_NOT_FOUND', 'There is no such dataset.')
}

/** The dataset, where it belongs to the caller's team. */
export async function ownDataset(input: ServiceInput, caller: Pick<Caller, 'team_id'>, datasetId: string): Promise<Result<DatasetRow>> {
  const dataset = await input.datasets.get(datasetId)
  return dataset === undefined || dataset.team_id !== caller.team_id ? unknownDataset() : accept(dataset)
}

export async function storeDataset(input: ServiceInput, caller: Caller, file: ReceivedFile): Promise<Result<DatasetRow>> {
  const told = readOptionsFrom(file.read_options ?? null)
  if (!told.ok) return told
  return input.guard.whileWriting(async () => {
    const read = await input.reader.read({ path: file.path, fileName: file.file_name, told: told.value }, { signal: new AbortController().signal })
    const dataset: DatasetRow = {
      dataset_id: input.identity.newId(),
      team_id: caller.team_id,
      name: file.name,
      description: file.description ?? '',
      file_name: file.file_name,
      size: read.report.bytes,
      table: read.table,
      report: read.report,
      created_at: input.now(),
    }
    await input.datasets.add(dataset)
    return accept(dataset)
  })
}

async function summariseAndOpen(input: ServiceInput, caller: Caller, dataset: DatasetRow) {
  const summary = await summarise(input, dataset.table)
  const opened = await openRunOn(input, caller, { run_id: null, dataset_id: dataset.dataset_id, name: dataset.name, model_id: null })
  if (!opened.ok) return opened
  return accept({ ...summary, metadata: { dataset_id: dataset.dataset_id, run_id: opened.value, name: dataset.name } })
}

function datasetAnswer(dataset: DatasetRow): DatasetAnswer {
  const { table, report } = dataset
  return {
    dataset_id: dataset.dataset_id,
    name: dataset.name,
    description: dataset.description,
    size: dataset.size,
    rows: table.rows,
    columns: table.columns.length,
    created: dataset.created_at.toISOString(),
    metadata: {
      file_name: dataset.file_name,
      content_hash: table.hash,
      fields: table.columns.map((column) => ({ name: column.name, type: column.type })),
      read_report: report,
    },
  }
}

async function previewRows(input: ServiceInput, { table }: DatasetRow, query: { rows: number; offset: number; sample: boolean }) {
  const id = name(rowIdColumn)
  // A sample takes every k-th row, so that it spreads over the table and is the same each time.
  const stride = query.sample ? Math.max(1, Math.floor(table.rows / query.rows)) : 1
  const picked = query.sample ? sql`where mod(${id}, ${stride}) = 0` : sql``
  const rows = await input.data.query(sql`select * from t ${picked} order by ${id} offset ${query.offset} limit ${query.rows}`, {
    tables: { t: table.hash },
    signal: new AbortController().signal,
  })
  return rows.map((row) => Object.fromEntries(table.columns.map((column) => [column.name, row[column.id] ?? null])))
}

function csvDownload(input: ServiceInput, dataset: DatasetRow): Download {
  const controller = new AbortController()
  return {
    file_name: `${dataset.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100) || 'dataset'}.csv`,
    content_type: 'text/csv; charset=utf-8',
    bytes: null,
    chunks: input.reader.writeCsv(dataset.table, { signal: controller.signal }),
  }
}
