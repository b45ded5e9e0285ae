import { rowIdColumn, type Table } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { columnKey } from '#core/find-column'
import { name, sql } from '#core/sql'
import { type Batch, batchReader } from '#scoring/batch-reader'
import type { Scorer } from '#scoring/scorer'
import { mostRows } from '#wire/prediction'
import { readCsvRows } from './csv-rows.ts'
import { ownDataset } from './datasets.ts'
import type { ServiceInput } from './ports.ts'
import type { BatchOfRows } from './monitors-facade.ts'
import type { Caller } from './signalbox.ts'

/** A batch as the model reads it, and the label of each row where it has one. */
export interface LabelledBatch {
  readonly batch: Batch
  /** As sent; null or undefined where the row has none. */
  readonly labels: readonly unknown[]
}

const rowsAPart = 1_000

/** Reads the rows of a batch, whatever they come in. */
export async function readBatch(input: ServiceInput, caller: Pick<Caller, 'team_id'>, { scorer, sent }: { scorer: Scorer; sent: BatchOfRows }): Promise<Result<LabelledBatch>> {
  const read = await rowsOf(input, caller, { scorer, sent })
  // A header without rows is a batch of none.
  if (!read.ok && read.refusal.code !== 'FILE_HEADER_ONLY') return read
  const reader = batchReader(scorer.document)
  if (!reader.ok) return refuse('INTERNAL', `The pipeline of the model cannot be opened: ${reader.refusal.message}`)
  const labels: unknown[] = []
  const labelIn = labelReader(scorer.document.label)
  for (const [i, row] of (read.ok ? read.value : []).entries()) {
    reader.value.add(row)
    labels.push(labelIn(row))
    if (i % rowsAPart === rowsAPart - 1) await input.pause()
  }
  return accept({ batch: reader.value.batch(), labels })
}

async function rowsOf(input: ServiceInput, caller: Pick<Caller, 'team_id'>, { scorer, sent }: { scorer: Scorer; sent: BatchOfRows }): Promise<Result<readonly unknown[]>> {
  if ('rows' in sent) return accept(sent.rows)
  const { reads } = scorer.document.pipeline
  if ('csv' in sent) return readCsvRows(sent.csv, { known: reads, pause: input.pause })
  if ('path' in sent) return fileRows(input, caller, sent)
  const dataset = await ownDataset(input, caller, sent.dataset_id)
  return dataset.ok ? tableRows(input, dataset.value.table) : dataset
}

/** Rows of a file that is read as datasets are: it is one for as long as that takes, and what was stored of it goes with it. */
async function fileRows(input: ServiceInput, { team_id }: Pick<Caller, 'team_id'>, { path, file_name }: { path: string; file_name: string }): Promise<Result<readonly unknown[]>> {
  const dataset_id = input.identity.newId()
  const table = await input.guard.whileWriting(async () => {
    const { table: read, report } = await input.reader.read({ path, fileName: file_name }, { signal: new AbortController().signal })
    await input.datasets.add({ dataset_id, team_id, name: file_name, description: '', file_name, size: report.bytes, table: read, report, created_at: input.now() })
    return read
  })
  const rows = await tableRows(input, table)
  await input.datasets.delete(dataset_id)
  return rows
}

/** Rows of a stored table by display names, a page at a time. */
async function tableRows({ data, pause }: ServiceInput, table: Table): Promise<Result<readonly unknown[]>> {
  if (table.rows > mostRows) return refuse('VALIDATION_FAILED', `The table has ${table.rows} rows; one check takes up to ${mostRows}.`, { suggestion: 'Send the rows in several batches.' })
  const rows: unknown[] = []
  for (let from = 0; from < table.rows; from += pageRows) {
    const page = await data.query(sql`select * from t order by ${name(rowIdColumn)} offset ${from} limit ${pageRows}`, { tables: { t: table.hash }, signal: new AbortController().signal })
    for (const row of page) rows.push(Object.fromEntries(table.columns.map(({ id, name: shown }) => [shown, row[id] ?? null])))
    await pause()
  }
  return accept(rows)
}

const pageRows = 20_000

/** Finds the label in raw rows: by its name, blanks and case forgiven. */
function labelReader(label: string): (row: unknown) => unknown {
  const key = columnKey(label)
  let spelling: string | null = null
  return (row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return null
    const cells = row as Readonly<Record<string, unknown>>
    if (Object.hasOwn(cells, label)) return cells[label]
    if (spelling === null || !Object.hasOwn(cells, spelling)) spelling = Object.keys(cells).find((name) => columnKey(name) === key) ?? null
    return spelling === null ? null : cells[spelling]
  }
}
