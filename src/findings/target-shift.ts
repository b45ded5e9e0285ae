import type { Column } from '#core/dataset'
import { join, name, sql, type Sql } from '#core/sql'
import { counted, percent, profiledColumns, type Look, type Profiled } from './finding.ts'
import type { Issue } from './issue.ts'
import type { LabelLook } from './label-look.ts'

const neededShare = 0.95
/** Of the agreement that the label's own shares would give, at least this much of the rest has to be there. */
const neededLift = 0.8
const fewestRows = 30
const mostTimes = 3

interface Order {
  readonly sql: Sql
  readonly words: string
}

/** Columns that hold the label of the row before or after, in the order of the file or of a time. */
export async function checkTargetShift({ look, label }: LabelLook): Promise<Issue[]> {
  const candidates = profiledColumns(look).filter((one) => one.column.id !== label.column.id && isAlike(one, label))
  if (candidates.length === 0 || look.table.rows < fewestRows) return []
  const times = look.table.columns.filter((column) => column.type === 'date' || column.type === 'timestamp').slice(0, mostTimes)
  const orders: Order[] = [{ sql: sql`row_id`, words: 'in the order of the file' }, ...times.map((column) => ({ sql: sql`${name(column.id)}, row_id`, words: `in the order of "${column.name}"` }))]
  const found = new Map<string, Issue>()
  for (const order of orders) for (const issue of await shiftsAlong(look, { label: label.column, candidates, order })) if (!found.has(issue.column)) found.set(issue.column, issue)
  return [...found.values()]
}

/** Only a column of the same kind with about the same values can be the label of another row. */
function isAlike({ column, facts }: Profiled, { column: label, facts: own }: Profiled): boolean {
  const numeric = (type: Column['type']): boolean => type === 'number' || type === 'integer'
  if (column.type !== label.type && !(numeric(column.type) && numeric(label.type))) return false
  if (Math.abs(facts.distinct - own.distinct) > 2 + own.distinct * 0.05 || facts.missing > own.missing + 2 + (own.missing + facts.missing) * 0.05) return false
  const [top, other] = [own.top[0], facts.top[0]]
  if (facts.numeric === null || own.numeric === null) return top?.value === other?.value
  const near = Math.max(own.numeric.sd, 1e-12) * 0.05
  return Math.abs(facts.numeric.mean - own.numeric.mean) <= near && Math.abs(facts.numeric.sd - own.numeric.sd) <= near
}

async function shiftsAlong(look: Look, { label, candidates, order }: { label: Column; candidates: readonly Profiled[]; order: Order }): Promise<Issue[]> {
  const own = name(label.id)
  const moved = sql`select row_id, ${join(candidates.map(({ column }) => name(column.id)))}, ${own} as own, lag(${own}) over (order by ${order.sql}) as before, lead(${own}) over (order by ${order.sql}) as after from t`
  const parts = candidates.map(({ column }, i) => {
    const cell = name(column.id)
    const count = (test: Sql, as: string) => sql`sum(case when ${test} then 1 else 0 end) as ${name(`${as}_${i}`)}`
    return join([
      count(sql`${cell} is not null and before is not null`, 'all_before'), count(sql`${cell} = before`, 'before'),
      count(sql`${cell} is not null and after is not null`, 'all_after'), count(sql`${cell} = after`, 'after'), count(sql`${cell} = own`, 'own'),
      sql`min(case when ${cell} = before then row_id end) as ${name(`first_${i}`)}`,
    ])
  })
  const shares = sql`select sum(n * n) as squares, sum(n) as n from (select cast(count(*) as double) as n from t where ${own} is not null group by ${own}) c`
  const options = { tables: { t: look.table.hash }, signal: look.signal }
  const [[row], [chance]] = await Promise.all([look.data.query(sql`select ${join(parts)} from (${moved}) m`, options), look.data.query(shares, options)])
  const byChance = Number(chance?.squares ?? 0) / Math.max(1, Number(chance?.n ?? 1) ** 2)
  const found = await Promise.all(candidates.map(async ({ column }, i): Promise<Issue[]> => {
    const of = (what: string): number => Number(row?.[`${what}_${i}`] ?? 0)
    const sides = [{ side: 'before', rows: of('all_before'), hits: of('before') }, { side: 'after', rows: of('all_after'), hits: of('after') }].sort((a, b) => b.hits - a.hits)
    const [best] = sides
    if (best === undefined || best.rows < fewestRows || best.hits <= of('own')) return []
    const share = best.hits / best.rows
    if (share < neededShare || share - byChance < neededLift * (1 - byChance)) return []
    const harm = best.side === 'after' ? 'It is not known when the row is.' : 'Rows sealed at random have their label told by a training row; seal the latest rows, and keep it only if it is known in time.'
    return [{
      code: 'target_shift', column: column.name, columns: [column.name, label.name], severity: 'warn', count: best.hits, safe: false,
      detail: `"${column.name}" is "${label.name}" of the row ${best.side}, ${order.words}, on ${counted(best.hits, 'row')} of ${best.rows.toLocaleString('en-US')} (${percent(share)}; ${percent(byChance)} would agree by chance). ${harm}`,
      examples: await exampleRows(look, [column, label], of('first')),
    }]
  }))
  return found.flat()
}

/** A row and the one after it, in the order of the file. */
async function exampleRows(look: Look, columns: readonly Column[], first: number): Promise<Issue['examples']> {
  const query = sql`select row_id, ${join(columns.map(({ id }) => name(id)))} from t where row_id between ${first} and ${first + 1} order by row_id`
  const rows = await look.data.query(query, { tables: { t: look.table.hash }, signal: look.signal })
  return rows.flatMap((row) => columns.map((column) => ({ row: Number(row.row_id), column: column.name, before: row[column.id] ?? null })))
}
