import { accept, refuse, type Result } from '#core/errors'
import { sql } from '#core/sql'
import type { RawRow, rowReader } from '#scoring/row-reader'
import { mostBudgetRows, type WhatIfBudgetBody } from '#wire/what-if'
import { ownDataset } from './datasets.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

interface RowsWish {
  readonly body: WhatIfBudgetBody
  readonly readRow: ReturnType<typeof rowReader>
}

/** The rows over which a budget is spent: those that were sent, or those of a dataset. */
export async function budgetRows(input: ServiceInput, caller: Caller, { body, readRow }: RowsWish): Promise<Result<RawRow[]>> {
  if ((body.rows == null) === (body.dataset_id == null)) return refuse('VALIDATION_FAILED', 'Expected either rows or dataset_id.')
  const sent: Result<readonly unknown[]> = body.dataset_id == null ? accept(body.rows ?? []) : await rowsOfDataset(input, caller, body.dataset_id)
  if (!sent.ok) return sent
  const rows: RawRow[] = []
  for (const [index, one] of sent.value.entries()) {
    const read = readRow(one)
    if (!read.ok) {
      const place = read.column === null ? `Row ${index}` : `Row ${index}, column ${JSON.stringify(read.column)}`
      return refuse('ROW_UNREADABLE', `${place}: expected ${read.expected}, received ${(JSON.stringify(read.received) ?? 'nothing').slice(0, 80)}. Rows are counted from 0.`)
    }
    rows.push(read.row)
  }
  return accept(rows)
}

async function rowsOfDataset(input: ServiceInput, caller: Caller, datasetId: string): Promise<Result<readonly unknown[]>> {
  const dataset = await ownDataset(input, caller, datasetId)
  if (!dataset.ok) return dataset
  const { table } = dataset.value
  if (table.rows > mostBudgetRows) return refuse('VALIDATION_FAILED', `The dataset has ${table.rows.toLocaleString('en-US')} rows; a budget is spent over up to ${mostBudgetRows.toLocaleString('en-US')}.`, { suggestion: 'Send the rows that come into question in "rows".' })
  const found = await input.data.query(sql`select * from t order by row_id limit ${mostBudgetRows}`, { tables: { t: table.hash }, signal: new AbortController().signal })
  return accept(found.map((row) => Object.fromEntries(table.columns.map((column) => [column.name, row[column.id] ?? null]))))
}
