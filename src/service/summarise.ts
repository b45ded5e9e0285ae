import type { Table } from '#core/dataset'
import type { DatasetSummaryAnswer } from '#wire/dataset-summary'
import type { ServiceInput } from './ports.ts'

/** What autotrain/summarize answers of a table, out of its exact profile. */
export async function summarise({ data }: ServiceInput, table: Table): Promise<Omit<DatasetSummaryAnswer, 'metadata'>> {
  const profile = await data.profile(table, { signal: new AbortController().signal })
  const statistics = profile.columns.map(({ name, distinct, top, numeric, text }) => [name, { distinct, top, numeric, text }] as const)
  return {
    columns: table.columns.map((column) => column.name),
    rows: table.rows,
    dtypes: Object.fromEntries(table.columns.map((column) => [column.name, column.type])),
    missing_values: Object.fromEntries(profile.columns.map((column) => [column.name, column.missing])),
    statistics: Object.fromEntries(statistics),
  }
}
