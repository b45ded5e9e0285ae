import type { Column } from '#core/dataset'
import { join, name, sql } from '#core/sql'
import { counted, percent, type Look } from './finding.ts'
import type { Issue } from './issue.ts'
import { logFactorial } from './log-chance.ts'

const mostLevels = 50
const mostPairs = 300
/** A level on more rows than this hardly tells two rows apart. */
const mostShare = 0.95
const logProof = Math.log(1e-6)

interface LevelPlace {
  readonly column: Column
  readonly value: string
  readonly rows: number
  readonly first: number
}

/** A level that stands on exactly the same rows in several columns: one fact told several times. */
export async function checkJointLevels(look: Look, redundant: readonly Issue[]): Promise<Issue[]> {
  const sameAnyway = (one: LevelPlace, other: LevelPlace): boolean => redundant.some(({ columns }) => columns.includes(one.column.name) && columns.includes(other.column.name))
  const places = look.table.columns.flatMap((column) => {
    const known = look.levels.get(column.id)
    if (known?.complete !== true || column.id === look.target || known.levels.length < 3 || known.levels.length > mostLevels) return []
    return known.levels.filter(({ rows }) => rows <= look.table.rows * mostShare && -logWays(look.table.rows, rows) < logProof).map((level): LevelPlace => ({ column, value: level.value, rows: level.rows, first: level.first }))
  })
  const alike = [...Map.groupBy(places, ({ rows, first }) => `${rows} ${first}`).values()].filter((group) => group.length > 1)
  const pairs = alike.flatMap((group) => group.slice(1).map((other) => ({ one: group[0] ?? other, other }))).slice(0, mostPairs)
  if (pairs.length === 0) return []
  const parts = pairs.map(({ one, other }, i) => sql`sum(case when ${name(one.column.id)} = ${one.value} and ${name(other.column.id)} = ${other.value} then 1 else 0 end) as ${name(`both_${i}`)}`)
  const [row] = await look.data.query(sql`select ${join(parts)} from t`, { tables: { t: look.table.hash }, signal: look.signal })
  const groups = new Map<LevelPlace, LevelPlace[]>()
  for (const [i, { one, other }] of pairs.entries()) {
    if (one.column !== other.column && !sameAnyway(one, other) && Number(row?.[`both_${i}`] ?? 0) === one.rows) groups.set(one, [...(groups.get(one) ?? []), other])
  }
  return [...groups].map(([one, others]) => issueOf(look, [one, ...others]))
}

/** The natural logarithm of the number of ways in which so many rows can be chosen. */
function logWays(rows: number, chosen: number): number {
  return logFactorial(rows) - logFactorial(chosen) - logFactorial(rows - chosen)
}

function issueOf(look: Look, members: readonly LevelPlace[]): Issue {
  const [one] = members
  const rows = one?.rows ?? 0
  const shown = members.slice(0, 7).map(({ column, value }) => `"${column.name}" is ${JSON.stringify(value)}`)
  const more = members.length > 7 ? ` and so on in ${members.length - 7} more` : ''
  return {
    code: 'joint_level', column: one?.column.name ?? '', columns: members.map(({ column }) => column.name), severity: 'info', count: rows, safe: false,
    detail: `On exactly the same ${counted(rows, 'row')} (${percent(rows / look.table.rows)}) ${shown.join(', ')}${more}: one fact told ${members.length} times.`,
    examples: members.slice(0, 3).map(({ column, value, first }) => ({ row: first, column: column.name, before: value })),
  }
}
