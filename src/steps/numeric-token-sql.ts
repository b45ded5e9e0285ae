import { number, sql, type Sql } from '#core/sql'
import { longestToken, numericTokenPattern, tokenFolding, unitPattern } from './numeric-token.ts'
import { plainNumberPattern, type NumericTextOptions } from './numeric-token-options.ts'
import { compactSql, foldSql, groupSql, groupsSql, isOneOfSql, matchesSql } from './text-sql.ts'

/**
 * SQL of `numericTokenReader` in three layers, each reading the names of the one before, so that no text is compacted
 * or matched twice: the compacted text, what the pattern found in it, and the value.
 */
export interface NumericTokenSql {
  readonly compact: Sql
  readonly groups: Sql
  readonly value: Sql
}

/** Names of the layers: of the text column, of `compact` and of `groups`. */
export interface NumericTokenNames {
  readonly text: Sql
  readonly compact: Sql
  readonly groups: Sql
}

export function numericTokenSql(options: NumericTextOptions, names: NumericTokenNames): NumericTokenSql {
  const { compact } = names
  const key = foldSql(compact, tokenFolding(options))
  const tooLong = sql`length(${compact}) > ${number(longestToken)}`
  const isPlain = options.decimal === '.' ? matchesSql(compact, plainNumberPattern) : sql`false`
  const pattern = `(?i)${numericTokenPattern(options)}`
  const mapped = [...options.textMap].map(([token, value]) => sql`when ${key} = ${token} then ${valueOrNull(value)} `)
  const valueOf = mappedNumberSql(options)
  return {
    compact: compactSql(names.text),
    groups: sql`case when ${compact} is null or ${tooLong} or ${isPlain} then null else ${groupsSql(compact, pattern)} end`,
    value: sql`case when ${compact} is null then null ${join(mapped)}when ${isOneOfSql(key, [...options.missing])} then null when ${tooLong} then null when ${isPlain} then ${valueOf(finite(sql`try_cast(${compact} as double)`))} else ${groupsValue(options, names.groups)} end`,
  }
}

function join(fragments: readonly Sql[]): Sql {
  return fragments.reduce((all, next) => sql`${all}${next}`, sql``)
}

function valueOrNull(value: number | null): Sql {
  return value === null ? sql`cast(null as double)` : sql`cast(${number(value)} as double)`
}

function finite(value: Sql): Sql {
  return sql`case when abs(${value}) <= 1.7976931348623157e308 then ${value} end`
}

/** Numbers that stand for missing or for another number, as in `mapping` and `na_values`. */
export function mappedNumberSql(options: Pick<NumericTextOptions, 'missingNumbers' | 'valueMap'>): (value: Sql) => Sql {
  const missing = [...options.missingNumbers].map((one) => number(one))
  return (value) => {
    if (missing.length === 0 && options.valueMap.size === 0) return value
    const gone = missing.map((one) => sql`when ${value} = ${one} then null `)
    const mapped = [...options.valueMap].map(([from, to]) => sql`when ${value} = ${number(from)} then ${valueOrNull(to)} `)
    return sql`case ${join([...gone, ...mapped])}else ${value} end`
  }
}

function groupsValue(options: NumericTextOptions, groups: Sql): Sql {
  const group = (index: number): Sql => groupSql(groups, index)
  const has = (index: number): Sql => sql`${group(index)} <> ''`
  const hasNot = (index: number): Sql => sql`${group(index)} = ''`
  const minus = sql`(${group(3)} = '-' or ${group(5)} = '-')`
  const amount = toNumberSql(group(6), options)
  const low = sql`case when ${minus} or ${has(1)} then -(${amount}) else ${amount} end`
  const high = toNumberSql(group(8), options)
  const unit = sql`trim(both ' ' from ${group(13)})`
  const unitOk = options.units ? sql`(${hasNot(13)} or (${matchesSql(unit, unitPattern)} and ${matchesSql(unit, '\\p{L}')}))` : hasNot(13)
  const rangeOk = options.ranges === null ? hasNot(8) : sql`(${hasNot(8)} or (${hasNot(2)} and ${hasNot(9)} and ${hasNot(1)} and ${high} >= (${low})))`
  const ok = sql`${has(6)} and (${hasNot(1)}) = (${hasNot(12)})${options.negativeParens ? sql`` : sql` and ${hasNot(1)}`} and (${hasNot(3)} or ${hasNot(5)}) and (${hasNot(4)} or ${hasNot(11)}) and (${hasNot(7)} or ${has(4)}) and (${hasNot(9)} or ${hasNot(2)}) and not (${has(1)} and ${minus}) and ${rangeOk} and ${unitOk}`
  const combined = options.ranges === 'mean' ? sql`((${low}) + ${high}) / 2e0` : options.ranges === 'high' ? high : low
  const value = sql`case when ${has(8)} then ${combined} else ${low} end`
  const scaled = options.fraction ? sql`case when ${has(10)} then (${value}) / 100e0 else ${value} end` : value
  const single = sql`${hasNot(2)} and ${hasNot(9)} and ${hasNot(8)}`
  return sql`case when ${ok} then case when ${single} then ${mappedNumberSql(options)(finite(scaled))} else ${finite(scaled)} end end`
}

function toNumberSql(digits: Sql, options: NumericTextOptions): Sql {
  const grouped = options.thousands === null ? digits : sql`replace(${digits}, ${options.thousands}, '')`
  return sql`try_cast(${options.decimal === '.' ? grouped : sql`replace(${grouped}, ${options.decimal}, '.')`} as double)`
}
