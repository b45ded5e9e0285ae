import type { Column, Table } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { Featured } from '#core/outcomes'
import type { StepSpec } from '#core/pipeline-spec'
import type { ColumnRequest } from '#core/ports'
import { join, name, sql } from '#core/sql'
import type { Fold } from '#ml/folds'
import type { Column as MlColumn } from '#ml/table'
import type { Facts, Tools } from '#phases/phase'
import { rowList } from '#steps/row-list'
import { fitRest, storeRowwise } from '#steps/row-wise-part'
import type { Bench } from './bench.ts'

/** By name in the bench: columns of the bench's rows as one fold sees them. */
export type FoldColumns = ReadonlyMap<string, MlColumn>

/** A column of the table behind some steps, and what the bench calls it. */
export interface WantedColumn {
  readonly column: Column
  readonly name: string
}

interface Request {
  readonly facts: Facts
  readonly featured: Featured
  readonly bench: Pick<Bench, 'rows' | 'folds'>
  /** Steps behind those of the pipeline so far. */
  readonly steps: readonly StepSpec[]
  readonly wanted: readonly WantedColumn[]
}

/**
 * Columns as each fold sees them: steps that learn are fitted on its learning rows alone. One that a fold does not make,
 * such as that of a category that it did not see, is missing.
 */
export async function foldColumns(request: Request, tools: Tools): Promise<Result<FoldColumns[]>> {
  const { facts, featured, bench, steps, wanted } = request
  if (wanted.length === 0) return accept(bench.folds.map(() => new Map()))
  const { data, signal } = tools
  const ids = await trainingIds(featured, tools)
  const idsOf = (rows: Int32Array): number[] => Array.from(rows, (row) => ids[row] ?? -1)
  const spec = { ...featured.spec, steps: [...featured.spec.steps, ...steps] }
  const drawn = sql`(select * from raw where row_id in (${rowList(idsOf(bench.rows))})) d`
  const part = await storeRowwise(spec, { columns: facts.table.columns, table: drawn, tables: { raw: facts.table.hash } }, tools)
  if (!part.ok) return part
  const one = async ({ train }: Fold): Promise<Result<FoldColumns>> => {
    const fitted = await fitRest(part.value, sql`(select * from stored where row_id in (${rowList(idsOf(train))})) f`, tools)
    if (!fitted.ok) return fitted
    const { pipeline, tables, query: all } = fitted.value
    const found = wanted.map((column) => ({ ...column, made: pipeline.output.find(({ name: own }) => own === column.column.name) }))
    const kept = found.flatMap(({ made }) => made ?? [])
    const query = sql`select ${join([name('row_id'), ...kept.map(({ id }) => name(id))])} from (${all}) q`
    return accept(await loadFold(found, await data.materialise({ query, tables, columns: kept }, { signal }), tools))
  }
  const made = await Promise.all(bench.folds.map(one))
  const refused = made.find((fold) => !fold.ok)
  return refused ?? accept(made.flatMap((fold) => (fold.ok ? [fold.value] : [])))
}

async function loadFold(found: ReadonlyArray<WantedColumn & { readonly made: Column | undefined }>, table: Table, { data, signal }: Tools): Promise<FoldColumns> {
  const requests = found.map(({ column, made }): ColumnRequest => {
    const kind = column.type === 'text' ? 'category' : 'numeric'
    if (made !== undefined) return { kind, expression: name(made.id) }
    return { kind, expression: kind === 'category' ? sql`cast(null as varchar)` : sql`cast(null as double)` }
  })
  const values = await data.columns({ table: table.hash, columns: requests }, { signal })
  return new Map(found.flatMap((one, i) => (values[i] === undefined ? [] : [[one.name, { name: one.name, ...values[i] }]])))
}

/** Ids of the training rows in the order in which they are loaded. */
async function trainingIds({ table, sealed }: Featured, { data, signal }: Tools): Promise<Float64Array> {
  const [ids] = await data.columns({ table: table.hash, columns: [{ kind: 'numeric', expression: name('row_id') }], where: sql`NOT ${name(sealed)}` }, { signal })
  if (ids?.kind !== 'numeric') throw new Error('the engine left out the row ids')
  return ids.values
}
