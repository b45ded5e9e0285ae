import type { Hash } from '#core/hash'
import { orThrow } from '#core/errors'
import type { Labelled } from '#core/outcomes'
import { name, sql, type Sql } from '#core/sql'
import type { Model } from '#ml/model'
import type { Column, Table } from '#ml/table'
import type { Tools } from '#phases/phase'
import { readScorer } from '#scoring/scorer'

/** The rows that a model was trained on, as it reads them: what later batches are compared with. */
export interface ReferenceRows {
  readonly model: Model
  readonly table: Table
  /** The sealed rows, without their labels: what the model says of rows that it was not fitted to. */
  readonly held: Table
}

/** Loads the training rows, and the sealed ones, with the columns that the model reads. No label is read. */
export async function loadReference(labelled: Labelled, scorer: Hash, { data, blobs, signal }: Pick<Tools, 'data' | 'blobs' | 'signal'>): Promise<ReferenceRows> {
  const { document } = orThrow(readScorer(await blobs.get(scorer)))
  const features = document.features.map((feature) => {
    const column = labelled.features.find((candidate) => candidate.name === feature.name)
    if (column === undefined) throw new Error('the model reads a column that its labelled table does not have')
    return { name: feature.name, id: column.id, kind: feature.type === 'text' ? ('category' as const) : ('numeric' as const) }
  })
  const columns = features.map(({ id, kind }) => ({ kind, expression: name(id) }))
  async function load(where: Sql): Promise<Table> {
    const values = await data.columns({ table: labelled.table.hash, columns, where }, { signal })
    const read = features.flatMap(({ name: feature }, i): Column[] => {
      const found = values[i]
      return found === undefined ? [] : [{ name: feature, ...found }]
    })
    return { rows: rowsOf(read[0]), columns: read }
  }
  return { model: document.model, table: await load(sql`NOT ${name(labelled.sealed)}`), held: await load(name(labelled.sealed)) }
}

function rowsOf(column: Column | undefined): number {
  if (column === undefined) return 0
  return column.kind === 'numeric' ? column.values.length : column.codes.length
}
