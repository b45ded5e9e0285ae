import { number, sql, text as literal, type Sql } from '#core/sql'
import { bareEntities, htmlEntities } from './html-entities.ts'
import { lookUpSql, matchesSql, replaceEachSql } from './text-sql.ts'
import { takenControls, windowsCharacters } from './windows-1252.ts'

/**
 * Character references as Python's html.unescape reads them: by number, by name, and by the old names also without a
 * semicolon and with letters behind. The same tables run in JavaScript and as SQL.
 */

/** Longer names than those of 30 letters there are none. */
const pattern = '&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{0,30};?)'
const references = new RegExp(pattern, 'gu')
const barePattern = `^&(?:${bareEntities.join('|')})`
const bare = new RegExp(barePattern, 'u')

/** Numbers that stand for another character than their own. */
const otherNumbers: ReadonlyMap<number, string> = new Map([
  [0, '\ufffd'], [13, '\r'], ...[0x81, 0x8d, 0x8f, 0x90, 0x9d].map((code): [number, string] => [code, String.fromCharCode(code)]),
  ...[...takenControls].map((control, i): [number, string] => [control.charCodeAt(0), windowsCharacters[i] ?? control]),
])
/** Numbers of control characters and of what is no character: they stand for nothing. */
const nothing: ReadonlyArray<readonly [first: number, last: number]> = [[1, 8], [11, 11], [14, 31], [127, 159], [0xfdd0, 0xfdef]]
const half = [0xd800, 0xdfff] as const
const last = 0x10ffff
/** The last two of each plane are no characters. */
const planeEnds = Array.from({ length: 17 }, (_, plane) => [plane * 0x10000 + 0xfffe, plane * 0x10000 + 0xffff]).flat()
const strange = '\ufffd'

/** All references of a text replaced by what they stand for. */
export function unescapeText(text: string): string {
  return text.includes('&') ? text.replaceAll(references, unescaped) : text
}

function unescaped(reference: string): string {
  const body = reference.slice(1)
  if (body.startsWith('#')) return characterOf(numberOf(body))
  const whole = body.endsWith(';') ? htmlEntities.get(body.slice(0, -1)) : undefined
  if (whole !== undefined) return whole
  const [start = ''] = bare.exec(reference) ?? []
  return start === '' ? reference : (htmlEntities.get(start.slice(1)) ?? '') + reference.slice(start.length)
}

function numberOf(body: string): number {
  const digits = body.replace(/;$/u, '')
  return /^#[xX]/u.test(digits) ? Number.parseInt(digits.slice(2), 16) : Number.parseInt(digits.slice(1), 10)
}

function characterOf(code: number): string {
  const other = otherNumbers.get(code)
  if (other !== undefined) return other
  if (code > last || (code >= half[0] && code <= half[1])) return strange
  return nothing.some(([from, to]) => code >= from && code <= to) || planeEnds.includes(code) ? '' : String.fromCodePoint(code)
}

/** SQL of `unescapeText`. */
export function unescapeSql(text: Sql): Sql {
  const replaced = replaceEachSql(text, pattern, (match) => sql`case when ${matchesSql(match, '^&#')} then ${numberedSql(match)} else ${namedSql(match)} end`)
  return sql`case when ${matchesSql(text, '&')} then ${replaced} else ${text} end`
}

const named = [...[...htmlEntities].map(([name, text]) => [`${name};`, text] as const), ...bareEntities.map((name) => [name, htmlEntities.get(name) ?? ''] as const)]

/** Names that nearly all texts make do with; the others are looked up in a long table. */
const common = ['amp', 'lt', 'gt', 'quot', 'apos', 'nbsp', 'hellip', 'mdash', 'ndash', 'lsquo', 'rsquo', 'ldquo', 'rdquo', 'bull', 'copy', 'reg', 'trade', 'euro', 'pound', 'deg', 'eacute', 'egrave', 'agrave', 'ccedil', 'auml', 'ouml', 'uuml', 'szlig']

function namedSql(match: Sql): Sql {
  const body = sql`substr(${match}, 2)`
  const usual = common.map((one) => sql`when ${literal(`&${one};`)} then ${literal(htmlEntities.get(one) ?? '')}`).reduce((all, next) => sql`${all} ${next}`)
  const start = sql`substr(regexp_extract(${match}, ${literal(barePattern)}), 2)`
  // What begins with no name has the empty start, which no key is.
  return sql`coalesce(case ${match} ${usual} end, ${lookUpSql(body, named)}, ${lookUpSql(start, named)} || substr(${match}, length(${start}) + 2), ${match})`
}

/** Numbers of more than nine digits are beyond the last character however they are written. */
function numberedSql(match: Sql): Sql {
  const digits = (first: string): Sql => sql`regexp_replace(trim(trailing ';' from ${match}), ${literal(first)}, '')`
  const written = sql`case when ${matchesSql(match, '^&#[xX]')} then ${digits('^&#[xX]0*')} else ${digits('^&#0*')} end`
  const code = sql`case when length(${written}) > 9 then 1114112 when ${written} = '' then 0 when ${matchesSql(match, '^&#[xX]')} then cast('0x' || ${written} as bigint) else cast(${written} as bigint) end`
  return sql`list_transform([${code}], lambda code: ${characterSql(sql`code`)})[1]`
}

function characterSql(code: Sql): Sql {
  const others = [...otherNumbers].map(([from, to]) => sql`when ${code} = ${number(from)} then ${literal(to)}`).reduce((all, next) => sql`${all} ${next}`)
  const ranges = nothing.map(([from, to]) => sql`${code} between ${number(from)} and ${number(to)}`).reduce((all, next) => sql`${all} or ${next}`)
  const strangeSql = sql`${code} > ${number(last)} or ${code} between ${number(half[0])} and ${number(half[1])}`
  return sql`case ${others} when ${strangeSql} then ${literal(strange)} when ${ranges} or mod(${code}, 65536) >= 65534 then '' else chr(cast(${code} as integer)) end`
}
