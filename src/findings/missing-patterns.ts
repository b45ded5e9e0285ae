import type { Column } from '#core/dataset'
import { join, name, sql, type Sql } from '#core/sql'
import { missingTokens } from '#steps/missing-tokens'
import { tokenKey } from '#steps/numeric-token-options'
import { counted, percent, profiledColumns, type Look } from './finding.ts'
import type { Issue } from './issue.ts'
import { logFactorial } from './log-chance.ts'
import { type HoledColumn, holedColumns } from './missing-cells.ts'

/** Fewer rows do not tell a rule from chance. */
const fewestStructural = 5
/** How well both sides have to agree, and how often the rule may fail among the other rows. */
const agreement = 0.95
const mostOutside = 0.02
const mostCandidates = 200
/** Coincidence of missing rows has to be rarer than this, as a natural logarithm. */
const logProof = Math.log(1e-6)

/** Cells that are missing because there is nothing to tell, and columns that go missing together. */
export async function checkMissingPatterns(look: Look): Promise<Issue[]> {
  const holed = holedColumns(look)
  return [...(await structural(look, holed)), ...(await together(look, holed))]
}

interface Sibling {
  readonly hole: HoledColumn
  readonly other: Column
  /** SQL that holds where the other column says that there is none. */
  readonly says: Sql
  readonly shown: string
  readonly rows: number
}

/** Pairs of a column with gaps and a number that is 0, or a level, on about as many rows. */
function siblings(look: Look, holed: readonly HoledColumn[]): Sibling[] {
  const found: Sibling[] = []
  for (const hole of holed) {
    if (hole.missing < fewestStructural || hole.column.id === look.target) continue
    const fits = (rows: number): boolean => rows >= hole.missing * agreement && rows <= hole.missing / agreement
    for (const { column: other, facts } of profiledColumns(look)) {
      if (other.id === hole.column.id || other.id === look.target) continue
      const zeros = facts.numeric?.zeros ?? 0
      if ((other.type === 'number' || other.type === 'integer') && facts.numeric !== null && facts.numeric.max > 0 && fits(zeros)) found.push({ hole, other, says: sql`${name(other.id)} = 0`, shown: '0', rows: zeros })
      const known = look.levels.get(other.id)
      if (known?.complete !== true || known.levels.length > 50 || known.levels.length < 2) continue
      for (const level of known.levels) if (fits(level.rows) && !missingTokens.includes(tokenKey(level.value))) found.push({ hole, other, says: sql`${name(other.id)} = ${level.value}`, shown: JSON.stringify(level.value), rows: level.rows })
    }
  }
  return found.slice(0, mostCandidates)
}

async function structural(look: Look, holed: readonly HoledColumn[]): Promise<Issue[]> {
  const candidates = siblings(look, holed)
  if (candidates.length === 0) return []
  const parts = candidates.map(({ hole, says }, i) => sql`sum(case when ${hole.isMissing} and ${says} then 1 else 0 end) as ${name(`both_${i}`)}, min(case when ${hole.isMissing} and ${says} then row_id end) as ${name(`first_${i}`)}`)
  const [row] = await look.data.query(sql`select ${join(parts)} from t`, { tables: { t: look.table.hash }, signal: look.signal })
  const best = new Map<string, { sibling: Sibling; both: number; first: number }>()
  for (const [i, sibling] of candidates.entries()) {
    const both = Number(row?.[`both_${i}`] ?? 0)
    const { hole, rows } = sibling
    const outside = (hole.missing - both) / Math.max(1, look.table.rows - rows)
    if (both < hole.missing * agreement || both < rows * agreement || outside > mostOutside) continue
    if (look.table.rows - hole.missing < fewestStructural || logCoincidence(look.table.rows, hole.missing) > logProof) continue
    const known = best.get(hole.column.id)
    if (known === undefined || both > known.both) best.set(hole.column.id, { sibling, both, first: Number(row?.[`first_${i}`] ?? 0) })
  }
  return [...best.values()].map(({ sibling: { hole, other, shown }, both, first }): Issue => ({
    code: 'structural_missing', column: hole.column.name, columns: [hole.column.name, other.name], severity: 'info', count: hole.missing, safe: false,
    detail: `"${hole.column.name}" is missing on ${counted(hole.missing, 'row')} (${percent(hole.missing / look.table.rows)}), and "${other.name}" is ${shown} on ${both === hole.missing ? 'all' : both.toLocaleString('en-US')} of them and hardly elsewhere: missing means here that there is none, not that it was lost. The models here learn a missing value as its own.`,
    examples: [{ row: first, column: hole.column.name, before: null }, { row: first, column: other.name, before: shown === '0' ? 0 : JSON.parse(shown) }],
  }))
}

/** The natural logarithm of the chance that so many missing rows fall on given ones. */
function logCoincidence(rows: number, missing: number): number {
  return logFactorial(missing) + logFactorial(rows - missing) - logFactorial(rows)
}

async function together(look: Look, holed: readonly HoledColumn[]): Promise<Issue[]> {
  const alike = (one: HoledColumn, other: HoledColumn): boolean => Math.min(one.missing, other.missing) >= Math.max(one.missing, other.missing) * agreement
  const several = holed.filter(({ missing }) => missing >= 2).sort((a, b) => b.missing - a.missing)
  const pairs = several.flatMap((one, i) => several.slice(i + 1).flatMap((other) => (alike(one, other) ? [{ one, other }] : []))).slice(0, mostCandidates)
  if (pairs.length === 0) return []
  const parts = pairs.map(({ one, other }, i) => sql`sum(case when ${one.isMissing} and ${other.isMissing} then 1 else 0 end) as ${name(`both_${i}`)}, min(case when ${one.isMissing} and ${other.isMissing} then row_id end) as ${name(`first_${i}`)}`)
  const [row] = await look.data.query(sql`select ${join(parts)} from t`, { tables: { t: look.table.hash }, signal: look.signal })
  const groups: { members: HoledColumn[]; first: number }[] = []
  for (const [i, { one, other }] of pairs.entries()) {
    // The smaller gap lies within the larger one.
    if (Number(row?.[`both_${i}`] ?? 0) !== other.missing) continue
    const known = groups.find(({ members }) => members.includes(one) || members.includes(other))
    if (known === undefined) groups.push({ members: [one, other], first: Number(row?.[`first_${i}`] ?? 0) })
    else known.members.push(...[one, other].filter((column) => !known.members.includes(column)))
  }
  return groups.flatMap(({ members, first }) => {
    const [missing, fewest] = [Math.max(...members.map((one) => one.missing)), Math.min(...members.map((one) => one.missing))]
    if (logCoincidence(look.table.rows, missing) * (members.length - 1) > logProof) return []
    const places = look.table.columns.map(({ id }) => id)
    const names = members.toSorted((a, b) => places.indexOf(a.column.id) - places.indexOf(b.column.id)).map(({ column }) => column.name)
    const shown = `${names.slice(0, 6).map((one) => `"${one}"`).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}`
    return [{
      code: 'co_missing' as const, column: names[0] ?? '', columns: names, severity: 'info' as const, count: missing, safe: false,
      detail: `${shown} are missing together: ${fewest === missing ? `on exactly the same ${counted(missing, 'row')}` : `on ${counted(fewest, 'row')}, and one of them on up to ${(missing - fewest).toLocaleString('en-US')} more`} (${percent(missing / look.table.rows)}): one gap, not ${names.length}.`,
      examples: names.slice(0, 3).map((column) => ({ row: first, column, before: null })),
    }]
  })
}
