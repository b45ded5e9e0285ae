import { join, name, sql } from '#core/sql'
import type { LeftOut } from '#core/outcomes'
import { nameParts } from '#core/query-tokens'
import { counted, exampleEvidence, fact, profiledColumns, type Finding, type Look, type Profiled } from './finding.ts'
import type { Level } from './read-levels.ts'
import { areDates } from './text-kinds.ts'

/** Fewer rows than this do not tell a key from a measure that happens never to repeat. */
const fewestRows = 20
const keyWords = new Set(['id', 'ids', 'uuid', 'guid', 'key', 'identifier'])
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu

interface Verdict {
  readonly reason: LeftOut['reason']
  readonly why: string
}

/**
 * Columns that name the row instead of telling something about it. A number with a fraction is never one, and a whole
 * number only on more than being different everywhere: counting up, or a name that says so.
 */
export async function checkIdentifiers(look: Look, numeric: ReadonlySet<string>): Promise<Finding[]> {
  if (look.table.rows < fewestRows) return []
  const columns = profiledColumns(look).filter(({ column }) => column.id !== look.target && !numeric.has(column.id) && !look.wishes.exclude.includes(column.id))
  const integers = columns.filter((one) => one.column.type === 'integer' && isUnique(one, look.table.rows))
  const falls = await countFalls(look, integers)
  return columns.flatMap((one) => {
    const verdict = one.column.type === 'text' ? textVerdict(look, one) : one.column.type === 'integer' ? integerVerdict(look, one, falls) : null
    return verdict === null ? [] : [finding(look, one, verdict)]
  })
}

function isUnique({ facts }: Profiled, rows: number): boolean {
  return facts.missing === 0 && facts.distinct === rows
}

function textVerdict(look: Look, one: Profiled): Verdict | null {
  const { facts, column } = one
  const valued = look.table.rows - facts.missing
  const levels = look.levels.get(column.id)?.levels ?? []
  // Dates differ in every row without naming it.
  if (valued < fewestRows || areMostlyMeasures(levels) || areDates(levels)) return null
  const share = facts.distinct / valued
  const each = facts.distinct === valued ? `Every one of its ${counted(valued, 'value')} is different` : `${facts.distinct.toLocaleString('en-US')} of its ${counted(valued, 'value')} are different`
  if (share >= 0.95 && valued >= 50 && averageWords(levels) >= 3) return { reason: 'free_text', why: `${each} and they have ${averageWords(levels).toFixed(1)} words on average: free text, which no model here reads.` }
  if (facts.distinct === valued) return { reason: 'identifier', why: `${each}, so it names the row and tells nothing about it.` }
  if (share >= 0.95 && valued >= 50) return { reason: 'identifier', why: `${each}, so hardly any value says something about another row.` }
  const keyed = isKeyName(column.name) || (levels.length > 0 && levels.every((level) => uuid.test(level.value)))
  if (keyed && facts.distinct >= 20 && share >= 0.05) return { reason: 'identifier', why: `${each} and ${isKeyName(column.name) ? 'its name says that it is a key' : 'they have the form of a UUID'}: it names something rather than measuring it.` }
  return null
}

/** Numbers with a fraction, for the most part, are measures even where other text stands among them. */
function areMostlyMeasures(levels: readonly Level[]): boolean {
  const numbers = levels.filter((level) => /^\s*[$€£¥₹]?\s*[+-]?[\d,]+(?:\.\d+)?\s*%?\s*$/u.test(level.value))
  return numbers.length >= levels.length * 0.8 && numbers.some((level) => level.value.includes('.'))
}

function integerVerdict(look: Look, one: Profiled, falls: ReadonlyMap<string, number>): Verdict | null {
  const { facts, column } = one
  const { numeric } = facts
  if (numeric === null) return null
  const valued = look.table.rows - facts.missing
  const keyed = isKeyName(column.name)
  if (!isUnique(one, look.table.rows)) {
    if (!keyed || facts.distinct < 20 || facts.distinct < valued * 0.05) return null
    return { reason: 'identifier', why: `${facts.distinct.toLocaleString('en-US')} of its ${counted(valued, 'value')} are different and its name says that it is a key: it names something rather than measuring it.` }
  }
  const span = numeric.max - numeric.min + 1
  const all = `Every one of its ${counted(valued, 'value')} is different`
  if (keyed) return { reason: 'identifier', why: `${all} and its name says that it is a key.` }
  if (numeric.min >= 1500 && numeric.max <= 2200) return null
  if (span <= valued * 1.05) return { reason: 'identifier', why: `${all} and they run from ${numeric.min} to ${numeric.max} with hardly a gap: it counts rows.` }
  if (falls.get(column.id) === 0 && span <= valued * 20) return { reason: 'identifier', why: `${all} and they only rise from row to row, from ${numeric.min} to ${numeric.max}: it counts rows.` }
  return null
}

function isKeyName(text: string): boolean {
  const parts = nameParts(text)
  return keyWords.has(parts.at(-1) ?? '') || (parts.length > 1 && keyWords.has(parts[0] ?? ''))
}

function averageWords(levels: readonly Level[]): number {
  if (levels.length === 0) return 0
  return levels.reduce((sum, level) => sum + level.value.trim().split(/\s+/u).length, 0) / levels.length
}

/** How often each column is below the row before. */
async function countFalls(look: Look, columns: readonly Profiled[]): Promise<Map<string, number>> {
  if (columns.length === 0) return new Map()
  const before = columns.map(({ column }) => sql`${name(column.id)}, lag(${name(column.id)}) over (order by row_id) as ${name(`${column.id}_before`)}`)
  const counts = columns.map(({ column }) => sql`sum(case when ${name(column.id)} < ${name(`${column.id}_before`)} then 1 else 0 end) as ${name(column.id)}`)
  const [row] = await look.data.query(sql`select ${join(counts)} from (select ${join(before)} from t) s`, { tables: { t: look.table.hash }, signal: look.signal })
  return new Map(columns.map(({ column }) => [column.id, Number(row?.[column.id] ?? 0)]))
}

function finding(look: Look, { column, facts }: Profiled, verdict: Verdict): Finding {
  const kind = verdict.reason === 'free_text' ? 'free text' : 'an identifier'
  const levels = look.levels.get(column.id)?.levels ?? []
  const shown = levels.length > 0 ? levels.slice(0, 3) : facts.top.slice(0, 3).map(({ value }) => ({ value, first: -1 }))
  const examples = levels.slice(0, 3).map((level) => ({ row: level.first, column: column.name, before: level.value, after: level.value }))
  return {
    id: `identifier:${column.id}`,
    title: `Leave out ${column.name}: ${kind}`,
    summary: `${verdict.why} The model does without, the table keeps it.`,
    recommended: true,
    share: 1,
    evidence: [
      fact('different values', verdict.why, facts.distinct),
      fact('examples', `For example ${shown.map((one) => JSON.stringify(one.value)).join(', ')}.`, null),
      ...(examples.length > 0 ? [exampleEvidence(examples)] : []),
    ],
    risks: [],
    effect: { stage: 'leave_out', steps: [], left_out: [{ column: column.id, name: column.name, reason: verdict.reason, text: verdict.why }] },
    issues: [{
      code: verdict.reason === 'free_text' ? 'free_text' : 'identifier', column: column.name, columns: [column.name], severity: 'info', count: look.table.rows - facts.missing,
      detail: `"${column.name}": ${verdict.why}`, safe: false, examples: shown.map(({ value, first }) => ({ row: first < 0 ? null : first, column: column.name, before: value })),
    }],
  }
}
