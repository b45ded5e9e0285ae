import type { Column } from '#core/dataset'
import { plainJson } from '#core/plain-json'
import type { NumericValues, Values } from '#core/ports'
import { name, number, sql } from '#core/sql'
import type { LabelledRows } from './count-maps.ts'
import { correlationOf, ranksOf } from './correlation.ts'
import type { LabelProxy } from './label-proxy.ts'
import type { CountedColumn } from './counted-column.ts'

const sampleRows = 5_000
const columnsAtOnce = 32
/** Fewer different values than this may be in order by chance: 11 values are with a probability of 2/11!. */
const fewestValues = 11

/** Numbers from which a numeric label follows: a straight line, or an order without exception. */
export async function findNumberProxies(rows: LabelledRows, columns: readonly CountedColumn[]): Promise<LabelProxy[]> {
  const numeric = columns.filter((column) => (column.type === 'number' || column.type === 'integer') && column.distinct >= fewestValues)
  const found: LabelProxy[] = []
  for (let from = 0; from < numeric.length; from += columnsAtOnce) {
    const some = numeric.slice(from, from + columnsAtOnce)
    const step = Math.max(1, Math.floor(rows.table.rows / sampleRows))
    const where = sql`${name(rows.label.id)} is not null and mod(row_id, ${number(step)}) = 0`
    const [label, ...values] = await numbers(rows, [rows.label, ...some], where)
    if (label === undefined) continue
    for (const [i, column] of some.entries()) {
      const pair = values[i]
      if (pair === undefined || !looksDependent(label, pair)) continue
      const proxy = await prove(rows, column)
      if (proxy !== null) found.push(proxy)
    }
  }
  return found
}

async function numbers(rows: LabelledRows, columns: readonly Column[], where: ReturnType<typeof sql>): Promise<Float64Array[]> {
  const request = { table: rows.table.hash, columns: columns.map((column) => ({ kind: 'numeric' as const, expression: sql`cast(${name(column.id)} as double)` })), where }
  const values = await rows.data.columns(request, rows)
  return values.filter((one: Values): one is NumericValues => one.kind === 'numeric').map((one) => one.values)
}

/** A straight line that also holds in ranks, so that one far row does not make it; or an order that hardly breaks. */
function looksDependent(label: Float64Array, values: Float64Array): boolean {
  const { correlation, rows } = correlationOf(label, values)
  if (rows < fewestValues || Math.abs(correlation) < 0.5) return false
  const ranks = Math.abs(correlationOf(ranksOf(label, values), ranksOf(values, label)).correlation)
  return ranks > 0.999 || (Math.abs(correlation) > 0.999 && ranks > 0.95)
}

/** Counts over all rows: how often the order breaks, and how straight the line is. */
async function prove(rows: LabelledRows, column: CountedColumn): Promise<LabelProxy | null> {
  const [label, values] = await numbers(rows, [rows.label, column], sql`${name(rows.label.id)} is not null and ${name(column.id)} is not null`)
  if (label === undefined || values === undefined) return null
  const { correlation, rows: both } = correlationOf(label, values)
  const order = await countOrder(rows, column, correlation < 0)
  const labelled = rows.table.rows
  const covers = both >= labelled / 2
  const straight = Math.abs(correlation) > 0.9999
  const ordered = order.broken <= both * 0.001 && order.labels >= fewestValues
  const shown = Math.trunc(correlation * 1e6) / 1e6
  const how = straight ? `on ${both.toLocaleString('en-US')} rows they lie on a straight line (correlation ${correlation < 0 ? 'below -0.9999' : 'above 0.9999'})` : `ordered by it, "${rows.label.name}" ${correlation < 0 ? 'falls' : 'rises'} on all but ${order.broken.toLocaleString('en-US')} of ${both.toLocaleString('en-US')} rows`
  const proven = covers && (straight || ordered)
  return {
    column: column.id, name: column.name, proven,
    text: proven ? `"${column.name}" says "${rows.label.name}" in other numbers: ${how}.` : `"${column.name}" nearly says "${rows.label.name}": their correlation is ${shown} on ${both.toLocaleString('en-US')} rows.`,
    data: plainJson({ rows: both, correlation: shown, order_broken: order.broken, examples: await examples(rows, column) }),
  }
}

/** Rows whose label breaks the order of the column, or differs from another row with the same value. */
async function countOrder(rows: LabelledRows, column: Column, falling: boolean): Promise<{ broken: number; labels: number }> {
  const [f, l] = [name(column.id), name(rows.label.id)]
  const value = falling ? sql`-cast(${f} as double)` : sql`cast(${f} as double)`
  const pairs = sql`select ${value} as f, cast(${l} as double) as l from t where ${f} is not null and ${l} is not null`
  const ordered = sql`select f, l, lag(f) over (order by f, l) as f_before, lag(l) over (order by f, l) as l_before from (${pairs}) p`
  const query = sql`select sum(case when l < l_before or (f = f_before and l <> l_before) then 1 else 0 end) as broken, count(distinct l) as labels from (${ordered}) o`
  const [row] = await rows.data.query(query, { tables: { t: rows.table.hash }, signal: rows.signal })
  return { broken: Number(row?.broken ?? 0), labels: Number(row?.labels ?? 0) }
}

async function examples(rows: LabelledRows, column: Column): Promise<{ row: number; value: number; label: number }[]> {
  const [f, l] = [name(column.id), name(rows.label.id)]
  const query = sql`select row_id, ${f} as value, ${l} as label from t where ${f} is not null and ${l} is not null order by row_id limit 5`
  const found = await rows.data.query(query, { tables: { t: rows.table.hash }, signal: rows.signal })
  return found.map((row) => ({ row: Number(row.row_id), value: Number(row.value), label: Number(row.label) }))
}
