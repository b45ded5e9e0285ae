import { name, sql } from '#core/sql'
import type { Column } from '#core/dataset'
import { foldingFor } from '#steps/fold-text'
import { maybeMissingTokens, missingTokens } from '#steps/missing-tokens'
import { numericTokenReader, type NumericToken } from '#steps/numeric-token'
import { defaultNumericTextParams, numericTextOptions, type NumericTextOptions } from '#steps/numeric-token-options'
import { numericTokenSql } from '#steps/numeric-token-sql'
import { foldSql, isOneOfSql } from '#steps/text-sql'
import { counted, exampleEvidence, fact, percent, type Finding, type Look, type TextLevels } from './finding.ts'
import { levelsSql, type Level } from './read-levels.ts'

/** The share of values that must read as a number, of those that are no placeholder. */
const neededShare = 0.99

export interface NumericText {
  readonly column: Column
  readonly valued: number
  readonly parsed: number
  readonly placeholders: number
  readonly unparsed: readonly Level[]
  readonly risks: readonly string[]
}

/** Text columns whose values are numbers, written plainly or with marks. Dates, codes and intervals are not. */
export async function findNumericText(look: Look): Promise<NumericText[]> {
  const checked = numericTextOptions(defaultNumericTextParams)
  if (!checked.ok) throw new Error(checked.refusal.message)
  const found: NumericText[] = []
  for (const column of look.table.columns) {
    const known = look.levels.get(column.id)
    if (known === undefined || known.levels.length === 0) continue
    const seen = tally(known, checked.value)
    if (seen.parsed < seen.valued * (neededShare - 0.02) || seen.parsed === 0 || isCode(seen)) continue
    const counts = known.complete ? seen : { ...seen, ...(await countExactly(look, column.id, checked.value)) }
    if (counts.parsed < counts.valued * neededShare) continue
    found.push({ column, valued: counts.valued, parsed: counts.parsed, placeholders: counts.placeholders, unparsed: seen.unparsed, risks: risksOf(seen) })
  }
  return found
}

interface Tally {
  readonly valued: number
  readonly parsed: number
  readonly placeholders: number
  readonly unparsed: readonly Level[]
  readonly read: ReadonlyArray<{ level: Level; token: Extract<NumericToken, { status: 'parsed' }> }>
}

function tally(known: TextLevels, options: NumericTextOptions): Tally {
  const reader = numericTokenReader(options)
  const read: { level: Level; token: Extract<NumericToken, { status: 'parsed' }> }[] = []
  const unparsed: Level[] = []
  let placeholders = 0
  for (const level of known.levels) {
    const token = reader(level.value)
    if (token.status === 'parsed') read.push({ level, token })
    else if (token.status === 'unparsed') unparsed.push(level)
    else placeholders += level.rows
  }
  const parsed = read.reduce((sum, one) => sum + one.level.rows, 0)
  return { valued: parsed + unparsed.reduce((sum, level) => sum + level.rows, 0), parsed, placeholders, unparsed, read }
}

/** Leading zeros are codes; ranges, bounds and dates are no plain numbers: a column mostly of those is left alone. */
function isCode({ read, valued, parsed }: Tally): boolean {
  const rowsWhere = (test: (one: Tally['read'][number]) => boolean): number => read.filter(test).reduce((sum, { level }) => sum + level.rows, 0)
  const zeros = rowsWhere(({ level }) => /^[+-]?0\d/u.test(level.value.trim()))
  const intervals = rowsWhere(({ token }) => token.ranged || token.bound !== '')
  const dates = rowsWhere(({ level, token }) => token.features[0] !== 'plain' && dateLike.test(level.value))
  const distinct = new Set(read.map(({ token }) => token.value)).size
  return zeros > valued * 0.05 || intervals > parsed / 2 || dates > parsed / 2 || (distinct < 2 && read.length > 1)
}

const dateLike = /^\s*(?:\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})|\d{1,2}:\d{2}/u

/** What reading the texts as numbers would lose: bounds, ranges, and units that differ. */
function risksOf({ read }: Tally): string[] {
  const risks: string[] = []
  const bounds = read.filter(({ token }) => token.bound !== '')
  const ranges = read.filter(({ token }) => token.ranged)
  const units = new Set(read.map(({ token }) => token.unit))
  const mixed = new Set(read.map(({ token }) => token.features.includes('percent')))
  const shown = (list: Tally['read']): string => list.slice(0, 3).map(({ level }) => JSON.stringify(level.value)).join(', ')
  if (bounds.length > 0) risks.push(`Bounds such as ${shown(bounds)} lose their sign.`)
  if (ranges.length > 0) risks.push(`Ranges such as ${shown(ranges)} become their middle.`)
  if (units.size > 1) risks.push(`Values carry different units (${[...units].map((unit) => JSON.stringify(unit)).slice(0, 4).join(', ')}), which are dropped.`)
  if (mixed.size > 1) risks.push('Some values are percentages and others are not; both are read as written.')
  return risks
}

async function countExactly(look: Look, id: string, options: NumericTextOptions): Promise<{ valued: number; parsed: number; placeholders: number }> {
  const tokens = [...missingTokens, ...maybeMissingTokens]
  const made = numericTokenSql(options, { text: name('value'), compact: name('compact'), form: name('form'), groups: name('groups') })
  const missing = isOneOfSql(foldSql(name('compact'), foldingFor(tokens)), tokens)
  const query = sql`select sum(rows) as rows, sum(case when value_read is not null then rows else 0 end) as parsed, sum(case when missing then rows else 0 end) as placeholders
    from (select rows, ${missing} as missing, ${made.value} as value_read from (select *, ${made.groups} as groups from (select *, ${made.form} as form from (select *, ${made.compact} as compact from (${levelsSql(id)}) l) m) n) o) p`
  const [row] = await look.data.query(query, { tables: { t: look.table.hash }, signal: look.signal })
  const placeholders = Number(row?.placeholders ?? 0)
  return { valued: Number(row?.rows ?? 0) - placeholders, parsed: Number(row?.parsed ?? 0), placeholders }
}

function detailOf({ column, parsed, valued, placeholders, unparsed, risks }: NumericText): string {
  const lost = valued - parsed
  return [
    `"${column.name}" holds numbers written as text: ${parsed === valued ? `all ${counted(valued, 'value')}` : `${counted(parsed, 'value')} of ${counted(valued, 'value')}`} read as numbers.`,
    ...(lost > 0 ? [`${counted(lost, 'row')} would become missing${unparsed.length === 0 ? '' : `, for example ${JSON.stringify(unparsed[0]?.value)}`}.`] : []),
    ...(placeholders > 0 ? [`${counted(placeholders, 'row')} hold a placeholder for a missing value.`] : []),
    ...risks,
  ].join(' ')
}

/** One option a column of numbers as text. */
export function numberFindings(look: Look, numeric: readonly NumericText[]): Finding[] {
  const checked = numericTextOptions(defaultNumericTextParams)
  if (!checked.ok) throw new Error(checked.refusal.message)
  const reader = numericTokenReader(checked.value)
  return numeric.map((one): Finding => {
    const lost = one.valued - one.parsed
    const levels = look.levels.get(one.column.id)?.levels ?? []
    const examples = [...one.unparsed.slice(0, 2), ...levels.filter((level) => !one.unparsed.includes(level)).slice(0, 4)].map((level) => {
      const token = reader(level.value)
      return { row: level.first, column: one.column.name, before: level.value, after: token.status === 'parsed' ? token.value : null }
    })
    const lostTexts = one.unparsed.slice(0, 3).map((level) => JSON.stringify(level.value)).join(', ')
    const step = { type: 'ParseNumericTransformer', columns: [one.column.name], params: {}, description: `Read ${one.column.name} as numbers` }
    return {
      id: `numbers:${one.column.id}`,
      title: `Read ${one.column.name} as numbers`,
      summary: `${counted(one.parsed, 'value')} of ${counted(one.valued, 'value')} read as numbers${one.placeholders > 0 ? `; ${counted(one.placeholders, 'placeholder')} become missing` : ''}.`,
      recommended: one.risks.length === 0,
      share: one.parsed / Math.max(1, look.table.rows),
      evidence: [
        fact('numbers', `${counted(one.parsed, 'row')} (${percent(one.parsed / Math.max(1, one.valued))} of the values) read as numbers.`, one.parsed),
        fact('not numbers', lost === 0 ? 'Every value that is no placeholder reads as a number.' : `${counted(lost, 'row')} do not and become missing${lostTexts === '' ? '' : `, for example ${lostTexts}`}.`, lost),
        fact('placeholders', `${counted(one.placeholders, 'row')} hold a placeholder and become missing.`, one.placeholders),
        exampleEvidence(examples),
      ],
      risks: one.risks,
      effect: { stage: 'parse', steps: [step], left_out: [] },
      issues: [{ code: 'numeric_as_text', column: one.column.name, columns: [one.column.name], severity: 'warn', count: one.valued, detail: detailOf(one), step, safe: one.risks.length === 0, examples }],
    }
  })
}
