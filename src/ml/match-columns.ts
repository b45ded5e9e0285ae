import type { FeatureRead } from './compiled-model.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Column, Table } from './table.ts'

/** The columns of a table that a model reads, in its order. */
export function matchColumns(reads: readonly FeatureRead[], table: Table): Column[] | Refusal {
  const columns = new Map(table.columns.map((column) => [column.name, column]))
  const found: Column[] = []
  for (const { feature, kind } of reads) {
    const column = columns.get(feature)
    if (!column) return refuse('missing-column', `the model needs the column "${feature}", which the table does not have`)
    if (column.kind !== kind) {
      return refuse('column-kind-differs', `expected "${feature}" to be ${kind}, received ${column.kind}: convert the column as for training`)
    }
    found.push(column)
  }
  return found
}
