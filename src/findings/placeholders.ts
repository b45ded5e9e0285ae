import { name, number, sql } from '#core/sql'
import type { Column } from '#core/dataset'
import { foldingFor } from '#steps/fold-text'
import { missingTokens } from '#steps/missing-tokens'
import { tokenKey } from '#steps/numeric-token-options'
import { compactSql, foldSql, isOneOfSql } from '#steps/text-sql'
import { counted, exampleEvidence, fact, percent, type Finding, type Look } from './finding.ts'
import type { Issue } from './issue.ts'
import { levelsSql, type Level } from './read-levels.ts'

/** Spellings that may be a real level as well: offered, never recommended. */
const doubtfulTokens = ['unknown', 'unk']

interface Hit {
  readonly column: Column
  readonly token: string
  readonly spellings: readonly Level[]
  readonly doubt: string | null
  /** Whether its other values are numbers. */
  readonly amongNumbers: boolean
}

/** Text that stands for a missing value: one option a token, over all columns that have it. */
export async function checkPlaceholders(look: Look, numeric: ReadonlySet<string>): Promise<Finding[]> {
  const hits: Hit[] = []
  for (const column of look.table.columns) {
    if (column.type === 'text') hits.push(...(await hitsOf(look, column, numeric)))
  }
  const groups = new Map<string, Hit[]>()
  for (const hit of hits) {
    const key = `${hit.token}\u0000${hit.doubt === null ? '' : 'doubt'}`
    groups.set(key, [...(groups.get(key) ?? []), hit])
  }
  return [...groups.values()].map((group) => findingOf(look, group)).sort((a, b) => b.share - a.share)
}

async function hitsOf(look: Look, column: Column, numeric: ReadonlySet<string>): Promise<Hit[]> {
  const known = look.levels.get(column.id)
  if (known === undefined) return []
  const wanted = new Set([...missingTokens, ...doubtfulTokens])
  const levels = known.complete ? known.levels.filter((level) => wanted.has(tokenKey(level.value))) : await countTokens(look, column.id, [...wanted])
  const byToken = new Map<string, Level[]>()
  for (const level of levels) byToken.set(tokenKey(level.value), [...(byToken.get(tokenKey(level.value)) ?? []), level])
  return [...byToken].map(([token, spellings]) => ({ column, token, spellings, doubt: numeric.has(column.id) ? null : doubtOf(token, spellings, known.levels), amongNumbers: numeric.has(column.id) }))
}

async function countTokens(look: Look, id: string, tokens: readonly string[]): Promise<Level[]> {
  const key = foldSql(compactSql(name('value')), foldingFor(tokens))
  const query = sql`select value, rows, first from (${levelsSql(id)}) l where ${isOneOfSql(key, tokens)} order by rows desc, first limit ${number(200)}`
  const rows = await look.data.query(query, { tables: { t: look.table.hash }, signal: look.signal })
  return rows.map((row) => ({ value: String(row.value), rows: Number(row.rows), first: Number(row.first) }))
}

/** Why a token may be a real level here: it is a word, or it looks like the other values, as a country's code does. */
function doubtOf(token: string, spellings: readonly Level[], levels: readonly Level[]): string | null {
  if (doubtfulTokens.includes(token)) return `"${spellings[0]?.value ?? token}" may be a level of its own rather than a missing value.`
  const spelling = spellings[0]?.value ?? ''
  if (!/^\p{L}+$/u.test(spelling)) return null
  const others = levels.filter((level) => tokenKey(level.value) !== token)
  const alike = others.filter((level) => shapeOf(level.value) === shapeOf(spelling))
  if (others.length < 3 || alike.length < others.length * 0.3) return null
  return `"${spelling}" is written like other values of the column (${alike.slice(0, 3).map((level) => level.value).join(', ')}), so it may be one of them.`
}

function shapeOf(value: string): string {
  return value.replaceAll(/\p{Lu}/gu, 'A').replaceAll(/\p{Ll}/gu, 'a')
}

function issueOf(look: Look, { column, token, spellings, doubt, amongNumbers }: Hit, shown: string): Issue {
  const rows = spellings.reduce((sum, level) => sum + level.rows, 0)
  const share = rows / Math.max(1, look.table.rows)
  return {
    code: doubt === null ? 'placeholder_tokens' : 'maybe_category_tokens', column: column.name, columns: [column.name],
    severity: doubt === null && share >= 0.01 ? 'warn' : 'info', count: rows,
    detail: `${shown} stands on ${counted(rows, 'row')} (${percent(share)}) of "${column.name}". ${doubt ?? `It is a missing value written as text, which ${amongNumbers ? 'keeps the column from being numbers' : 'would be read as a level of its own'}.`}`,
    step: { type: 'NullTokensTransformer', columns: [column.name], params: { tokens: [token] }, description: `${shown} to missing` },
    safe: doubt === null,
    examples: spellings.slice(0, 3).map((level) => ({ row: level.first, column: column.name, before: level.value, after: null })),
  }
}

function findingOf(look: Look, group: readonly Hit[]): Finding {
  const token = group[0]?.token ?? ''
  const doubts = group.flatMap((hit) => (hit.doubt === null ? [] : [`${hit.column.name}: ${hit.doubt}`]))
  const names = group.map((hit) => hit.column.name)
  const rowsOf = (hit: Hit): number => hit.spellings.reduce((sum, level) => sum + level.rows, 0)
  const cells = group.reduce((sum, hit) => sum + rowsOf(hit), 0)
  const shown = token === '' ? 'Blank text' : `"${group[0]?.spellings[0]?.value.trim() ?? token}"`
  const examples = group.flatMap((hit) => hit.spellings.slice(0, 2).map((level) => ({ row: level.first, column: hit.column.name, before: level.value, after: null })))
  return {
    id: `placeholder:${token === '' ? 'blank' : token}${doubts.length > 0 ? ':doubtful' : ''}`,
    title: `${shown} means missing in ${names.length === 1 ? names[0] : counted(names.length, 'column')}`,
    summary: `${counted(cells, 'cell')} of ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''} become missing values.`,
    recommended: doubts.length === 0,
    share: cells / Math.max(1, look.table.rows * group.length),
    evidence: [
      ...group.map((hit) => fact(hit.column.name, `${counted(rowsOf(hit), 'row')} (${percent(rowsOf(hit) / look.table.rows)}) hold ${hit.spellings.map((level) => JSON.stringify(level.value)).slice(0, 4).join(', ')}.`, rowsOf(hit))),
      exampleEvidence(examples.slice(0, 6)),
    ],
    risks: doubts,
    effect: { stage: 'placeholder', steps: [{ type: 'NullTokensTransformer', columns: names, params: { tokens: [token] }, description: `${shown} to missing` }], left_out: [] },
    issues: group.map((hit) => issueOf(look, hit, shown)),
  }
}
