import { accept, type Result } from '#core/errors'
import type { Hash } from '#core/hash'
import type { Labelled } from '#core/outcomes'
import type { ColumnRequest } from '#core/ports'
import { name, sql, type Sql } from '#core/sql'
import type { Fold } from '#ml/folds'
import type { Table } from '#ml/table'
import type { Facts, Tools } from '#phases/phase'
import { compileKnown, type Pipeline } from '#steps/compile-pipeline'
import { rowList } from '#steps/row-list'
import { fitRest, storeRowwise } from '#steps/row-wise-part'
import type { UsableColumn } from './usable-features.ts'

interface Request {
  readonly facts: Facts
  readonly labelled: Labelled
  readonly features: readonly UsableColumn[]
  readonly folds: readonly Fold[]
}

interface FoldPipeline {
  readonly pipeline: Pipeline
  readonly query: Sql
  readonly tables: Readonly<Record<string, Hash>>
}

/**
 * The training rows as each fold sees them: steps that learn are fitted on its learning rows alone, so that what a fold is
 * judged on was never looked at. Null where no step learns, as all folds then see the same table.
 */
export async function foldTables(request: Request, tools: Tools): Promise<Result<Table[] | null>> {
  const { facts, labelled, folds } = request
  const known = compileKnown(labelled.spec, facts.table.columns)
  if (!known.ok) return known
  if (known.value.pipeline.rowwise && known.value.behind.length === 0) return accept(null)
  const ids = await trainingIds(labelled, tools)
  const training = sql`(select * from raw where row_id in (select row_id from labelled where not ${name(labelled.sealed)})) r`
  const part = await storeRowwise(labelled.spec, { columns: facts.table.columns, table: training, tables: { raw: facts.table.hash, labelled: labelled.table.hash } }, tools)
  if (!part.ok) return part
  const tables: Table[] = []
  for (const fold of folds) {
    const fitted = await fitRest(part.value, sql`(select * from stored where row_id in (${rowList(Array.from(fold.train, (row) => ids[row] ?? -1))})) f`, tools)
    if (!fitted.ok) return fitted
    tables.push(await tableOf(request.features, fitted.value, tools))
  }
  return accept(tables)
}

/** Ids of the training rows in the order in which they are loaded. */
async function trainingIds({ table, sealed }: Labelled, { data, signal }: Tools): Promise<Float64Array> {
  const [ids] = await data.columns({ table: table.hash, columns: [{ kind: 'numeric', expression: name('row_id') }], where: sql`NOT ${name(sealed)}` }, { signal })
  if (ids?.kind !== 'numeric') throw new Error('the engine left out the row ids')
  return ids.values
}

/** All training rows after a fitted pipeline; a feature that it does not make, such as a category that it did not see, is missing. */
async function tableOf(features: readonly UsableColumn[], { pipeline, query, tables }: FoldPipeline, { data, signal }: Tools): Promise<Table> {
  const made = await data.materialise({ query, tables, columns: pipeline.output }, { signal })
  const requests = features.map(({ name: feature, kind }): ColumnRequest => ({ kind, expression: expressionOf(pipeline.output.find((column) => column.name === feature)?.id, kind) }))
  const values = await data.columns({ table: made.hash, columns: requests }, { signal })
  return {
    rows: made.rows,
    columns: features.flatMap(({ name: feature }, i) => {
      const one = values[i]
      return one === undefined ? [] : [{ name: feature, ...one }]
    }),
  }
}

function expressionOf(id: string | undefined, kind: ColumnRequest['kind']): Sql {
  if (id !== undefined) return name(id)
  return kind === 'category' ? sql`cast(null as varchar)` : sql`cast(null as double)`
}
