import { plainJson } from '#core/plain-json'
import type { Cell } from '#core/ports'
import { join, name, sql } from '#core/sql'
import type { LabelledRows } from './count-maps.ts'
import { chanceWords, logChanceOfMap, logProof } from './log-chance.ts'
import type { LabelProxy } from './label-proxy.ts'
import type { CountedColumn } from './counted-column.ts'

const columnsAtOnce = 50

interface Presence {
  readonly label: Cell
  readonly rows: number
  readonly missing: number
}

/** Columns whose being filled in tells the label, whatever they hold: a date of leaving, a reason for refusal. */
export async function findPresenceProxies(rows: LabelledRows, columns: readonly CountedColumn[]): Promise<LabelProxy[]> {
  const holed = columns.filter((column) => column.missing > 0 && column.missing < rows.table.rows)
  const found: LabelProxy[] = []
  for (let from = 0; from < holed.length; from += columnsAtOnce) {
    const some = holed.slice(from, from + columnsAtOnce)
    const counts = some.map((column) => sql`sum(case when ${name(column.id)} is null then 1 else 0 end) as ${name(column.id)}`)
    const label = name(rows.label.id)
    const query = sql`select ${label} as label, count(*) as row_count, ${join(counts)} from t where ${label} is not null group by 1 order by row_count desc, label`
    const answer = await rows.data.query(query, { tables: { t: rows.table.hash }, signal: rows.signal })
    for (const column of some) {
      const proxy = judge(rows, column, answer.map((row) => ({ label: row.label ?? null, rows: Number(row.row_count), missing: Number(row[column.id] ?? 0) })))
      if (proxy !== null) found.push(proxy)
    }
  }
  return found
}

function judge(rows: LabelledRows, column: CountedColumn, presence: readonly Presence[]): LabelProxy | null {
  const filled = presence.filter((one) => one.missing === 0)
  const empty = presence.filter((one) => one.missing === one.rows)
  const mixed = presence.filter((one) => one.missing > 0 && one.missing < one.rows)
  const data = plainJson({ presence: presence.map((one) => ({ label: one.label, rows: one.rows, missing: one.missing })) })
  const told = (list: readonly Presence[]): string => list.slice(0, 3).map((one) => JSON.stringify(one.label)).join(', ')
  const chance = logChanceOfMap(2, presence.map((one) => ({ rows: one.rows, times: 1 })))
  const base = { column: column.id, name: column.name, data }
  if (filled.length > 0 && empty.length > 0 && mixed.length === 0 && presence.length === 2) {
    return { ...base, proven: chance < logProof, text: `"${column.name}" tells "${rows.label.name}" by being filled in: it is on every row of ${told(filled)} and missing on every row of ${told(empty)}. Shuffled labels would agree like that with a probability ${chanceWords(chance)}.` }
  }
  const given = mixed[0]
  if (mixed.length === 1 && given !== undefined && filled.length === 0 && empty.length > 0 && given.rows - given.missing >= 20) {
    return { ...base, proven: false, text: `"${column.name}" is filled in only where "${rows.label.name}" is ${told(mixed)} (${(given.rows - given.missing).toLocaleString('en-US')} rows), so it may be known only afterwards.` }
  }
  return null
}
