import { number, sql, type Sql } from '#core/sql'
import { longestToken, longestUnit, numericTokenPattern, tokenFolding, unitPattern, usualTokenPatterns } from './numeric-token.ts'
import { plainNumberPattern, type NumericTextOptions } from './numeric-token-options.ts'
import { compactSql, foldSql, groupSql, groupsSql, isOneOfSql, matchesSql } from './text-sql.ts'

/**
 * SQL of `numericTokenReader` in layers, each reading the names of those before, so that no text is compacted or
 * matched twice: the compacted text, its form, what the pattern found in it, and the value.
 */
export interface NumericTokenSql {
  readonly compact: Sql
  /** 0 no number, 1 plain, 2 with the usual marks, 3 anything else, from 10 on the place in the mapping. */
  readonly form: Sql
  readonly groups: Sql
  readonly value: Sql
}

/** Names of the layers: of the text column, and of what the layers before it give. */
export interface NumericTokenNames {
  readonly text: Sql
  readonly compact: Sql
  readonly form: Sql
  readonly groups: Sql
}

export function numericTokenSql(options: NumericTextOptions, names: NumericTokenNames): NumericTokenSql {
  const { compact, form } = names
  const key = foldSql(compact, tokenFolding(options))
  const usual = usualTokenPatterns(options)
  const mappedForms = [...options.textMap.keys()].map((token, i) => sql`when ${key} = ${token} then ${number(10 + i)} `)
  const mappedValues = [...options.textMap.values()].map((value, i) => sql`when ${form} = ${number(10 + i)} then ${valueOrNull(value)} `)
  const plain = options.decimal === '.' ? sql`when ${matchesSql(compact, plainNumberPattern)} then 1 ` : sql``
  const mapNumber = mappedNumberSql(options)
  const usualValue = toNumberSql(sql`regexp_extract(${compact}, ${`(?i)${usual.number}`}, 1)`, options)
  const scaled = options.fraction ? sql`case when strpos(${compact}, '%') > 0 then ${usualValue} / 100e0 else ${usualValue} end` : usualValue
  return {
    compact: compactSql(names.text),
    form: sql`case when ${compact} is null then null ${join(mappedForms)}when ${isOneOfSql(key, [...options.missing])} then 0 when length(${compact}) > ${number(longestToken)} then 0 ${plain}when ${matchesSql(compact, `(?i)${usual.whole}`)} then 2 else 3 end`,
    groups: sql`case when ${form} = 3 then ${groupsSql(compact, `(?i)${numericTokenPattern(options)}`)} end`,
    value: sql`case ${join(mappedValues)}when ${form} = 1 then ${mapNumber(finite(sql`try_cast(${compact} as double)`, compact))} when ${form} = 2 then ${mapNumber(finite(scaled, compact))} when ${form} = 3 then ${groupsValue(options, names)} end`,
  }
}

function join(fragments: readonly Sql[]): Sql {
  return fragments.reduce((all, next) => sql`${all}${next}`, sql``)
}

function valueOrNull(value: number | null): Sql {
  return value === null ? sql`cast(null as double)` : sql`cast(${number(value)} as double)`
}

/** Only an exponent makes a number too large, since a token has at most 64 characters; the others are read just once. */
function finite(value: Sql, compact: Sql): Sql {
  return sql`case when ${matchesSql(compact, '[eE]')} then case when abs(${value}) <= 1.7976931348623157e308 then ${value} end else ${value} end`
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

function groupsValue(options: NumericTextOptions, { compact, groups }: NumericTokenNames): Sql {
  const group = (index: number): Sql => groupSql(groups, index)
  const has = (index: number): Sql => sql`${group(index)} <> ''`
  const hasNot = (index: number): Sql => sql`${group(index)} = ''`
  const minus = sql`(${group(3)} = '-' or ${group(5)} = '-')`
  const amount = toNumberSql(group(6), options)
  const low = sql`case when ${minus} or ${has(1)} then -(${amount}) else ${amount} end`
  const high = toNumberSql(group(8), options)
  const unit = sql`trim(both ' ' from ${group(13)})`
  const unitOk = options.units ? sql`(${hasNot(13)} or (length(${unit}) <= ${number(longestUnit)} and ${matchesSql(unit, unitPattern)}))` : hasNot(13)
  const rangeOk = options.ranges === null ? hasNot(8) : sql`(${hasNot(8)} or (${hasNot(2)} and ${hasNot(9)} and ${hasNot(1)} and ${high} >= (${low})))`
  const ok = sql`${has(6)} and (${hasNot(1)}) = (${hasNot(12)})${options.negativeParens ? sql`` : sql` and ${hasNot(1)}`} and (${hasNot(3)} or ${hasNot(5)}) and (${hasNot(4)} or ${hasNot(11)}) and (${hasNot(7)} or ${has(4)}) and (${hasNot(9)} or ${hasNot(2)}) and not (${has(1)} and ${minus}) and ${rangeOk} and ${unitOk}`
  const combined = options.ranges === 'mean' ? sql`((${low}) + ${high}) / 2e0` : options.ranges === 'high' ? high : low
  const value = sql`case when ${has(8)} then ${combined} else ${low} end`
  const scaled = options.fraction ? sql`case when ${has(10)} then (${value}) / 100e0 else ${value} end` : value
  const single = sql`${hasNot(2)} and ${hasNot(9)} and ${hasNot(8)}`
  return sql`case when ${ok} then case when ${single} then ${mappedNumberSql(options)(finite(scaled, compact))} else ${finite(scaled, compact)} end end`
}

function toNumberSql(digits: Sql, options: NumericTextOptions): Sql {
  const grouped = options.thousands === null ? digits : sql`replace(${digits}, ${options.thousands}, '')`
  return sql`try_cast(${options.decimal === '.' ? grouped : sql`replace(${grouped}, ${options.decimal}, '.')`} as double)`
}
