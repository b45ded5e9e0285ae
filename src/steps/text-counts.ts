import { number, sql, text as literal, type Sql } from '#core/sql'
import { whitespace } from './compact-text.ts'
import type { TextFigure } from './portable-step.ts'
import { matchesSql, replaceAllSql } from './text-sql.ts'

/** A figure of a text, worked out by SQL and by JavaScript. */
export interface TextCount {
  /** Whether it is a share; others are whole numbers. */
  readonly share: boolean
  sql(text: Sql): Sql
  of(text: string): number
  /** The same for exports: what is counted, in the words of JavaScript's patterns. */
  readonly portable: Omit<TextFigure, 'to'>
}

/** A regular expression class of what Python takes for whitespace; the engines' own ideas of it differ. */
export const spaceClass = [...whitespace].map((character) => `\\x{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('')
/** Letters, digits and underscore of all scripts, as Python's \w. */
export const wordClass = '\\p{L}\\p{N}_'

const upperClass = '\\p{Lu}\\x{2160}-\\x{216f}\\x{24b6}-\\x{24cf}\\x{1f130}-\\x{1f149}\\x{1f150}-\\x{1f169}\\x{1f170}-\\x{1f189}'
const domains = 'com|net|org|info|biz|io|co|uk|us|au|ca|de'

/** A pattern in the words of RE2 as one of JavaScript. */
export function scriptPattern(pattern: string, flags = 'gu'): RegExp {
  return new RegExp(pattern.replaceAll(/\\x\{([0-9a-f]+)\}/gu, '\\u{$1}'), flags)
}

/** How many matches of a pattern there are, one after another. */
export function countMatchesSql(text: Sql, pattern: string): Sql {
  return sql`len(regexp_extract_all(${text}, ${literal(pattern)}))`
}

function portableCount(pattern: string | null, ignoreCase = false): TextCount['portable'] {
  return { pattern, ignoreCase, once: false, over: null }
}

function matches(pattern: string): TextCount {
  const compiled = scriptPattern(pattern)
  return { share: false, sql: (text) => countMatchesSql(text, pattern), of: (text) => text.match(compiled)?.length ?? 0, portable: portableCount(pattern) }
}

function share(part: TextCount, whole: TextCount): TextCount {
  return {
    share: true,
    sql: (text) => sql`case when ${whole.sql(text)} = 0 then 0e0 else cast(${part.sql(text)} as double) / ${whole.sql(text)} end`,
    of: (text) => (whole.of(text) === 0 ? 0 : part.of(text) / whole.of(text)),
    portable: { ...part.portable, over: { pattern: whole.portable.pattern } },
  }
}

/** Letters that fold to one of a to z, though they are no ASCII. */
const [nearAscii, asAscii] = ['İıſ\u212a', 'iisk']

/**
 * The text in ASCII, character by character: other word characters become underscores, other blanks plain ones, the rest
 * bars. RE2 cannot look behind or ahead, so that what has to stand apart is told by characters that it can name.
 */
function asciiSql(text: Sql): Sql {
  const folded = sql`translate(${text}, ${literal(nearAscii)}, ${literal(asAscii)})`
  const spaced = replaceAllSql(folded, `[${spaceClass}]`, ' ')
  const worded = replaceAllSql(replaceAllSql(spaced, `[^\\x{0}-\\x{7f}${wordClass}]`, '|'), '[^\\x{0}-\\x{7f}]', '_')
  return sql`case when ${matchesSql(text, '[^ -~]')} then ${worded} else ${text} end`
}

/**
 * The text in ASCII for patterns that tell where words end: word characters become underscores, other blanks and all
 * else characters that no pattern names.
 */
export function wordEndsSql(text: Sql): Sql {
  const spaced = replaceAllSql(text, `[${beyondAscii(spaceClass)}]`, '\x0b')
  const worded = replaceAllSql(replaceAllSql(spaced, `[^\\x{0}-\\x{7f}${wordClass}]`, '\x01'), '[^\\x{0}-\\x{7f}]', '_')
  return sql`case when ${matchesSql(text, '[^ -~]')} then ${worded} else ${text} end`
}

/** The same in JavaScript. */
export function wordEndsText(text: string): string {
  return text.replaceAll(otherBlanks, '\x0b').replaceAll(otherSigns, '\x01').replaceAll(/[^\p{ASCII}]/gu, '_')
}

function beyondAscii(blanks: string): string {
  return (blanks.match(/\\x\{[0-9a-f]+\}/gu) ?? []).filter((one) => Number.parseInt(one.slice(3, -1), 16) > 0x7f).join('')
}

const otherBlanks = scriptPattern(`[${beyondAscii(spaceClass)}]`)
const otherSigns = scriptPattern(`[^\\x{0}-\\x{7f}${wordClass}]`)

/** Whatever stands apart from the class is doubled: one of the two then ends a match, and the other begins the next. */
function doubledSql(text: Sql, classOfMatch: string): Sql {
  return replaceAllSql(text, `([^${classOfMatch}])`, '\\1\\1')
}

const links: TextCount = {
  share: false,
  sql: (text) => countMatchesSql(doubledSql(asciiSql(text), '\\w.@-'), `(?i)(?:^|[^\\w.@-])?(?:https?::////|www\\.)[^\\s<>"']+|(?:^|[^\\w.@-])(?:[a-z0-9-]{1,63}\\.){1,4}(?:${domains})(?:[^\\w-]|$)`),
  ...counting(`(?:https?://|www\\.)[^${spaceClass}<>"']+|(?<![${wordClass}.@-])(?:[a-z0-9İı-]{1,63}\\.){1,4}(?:${domains})(?![${wordClass}-])`, true),
}

const addresses: TextCount = {
  share: false,
  // Where a match ends does not matter to the next, which cannot begin before a character that is in neither.
  sql: (text) => countMatchesSql(asciiSql(text), '(?:^|[^\\w.+-])[\\w.+-]{1,64}@[\\w-]{1,63}\\.[\\w-]'),
  ...counting(`(?<![${wordClass}.+-])[${wordClass}.+-]{1,64}@[${wordClass}-]{1,63}(?:\\.[${wordClass}-]{1,63}){1,8}`),
}

const phones: TextCount = {
  share: false,
  sql: (text) => countMatchesSql(doubledSql(asciiSql(replaceAllSql(text, '\\p{Nd}', '0')), '\\w+'), '(?:^|[^\\w+])\\+?\\d(?:(?:[\\s.()-]{2}){0,2}\\d){6,14}(?:\\D|$)'),
  ...counting(`(?<![${wordClass}+])\\+?\\p{Nd}(?:[${spaceClass}.()-]{0,2}\\p{Nd}){6,14}(?!\\p{Nd})`),
}

function counting(pattern: string, ignoreCase = false): Pick<TextCount, 'of' | 'portable'> {
  const compiled = scriptPattern(pattern, ignoreCase ? 'giu' : 'gu')
  return { of: (text) => text.match(compiled)?.length ?? 0, portable: portableCount(pattern, ignoreCase) }
}

const characters: TextCount = { share: false, sql: (text) => sql`length(${text})`, of: (text) => [...text].length, portable: portableCount(null) }
const digits = matches('\\p{Nd}')
const upper = matches(`[${upperClass}]`)

/** The figures of version 1, in the order of their columns; what a version says never changes. */
export const textCounts: Readonly<Record<string, TextCount>> = {
  n_chars: characters,
  n_words: matches(`[^${spaceClass}]+`),
  n_digits: digits,
  digit_share: share(digits, characters),
  n_upper: upper,
  upper_share: share(upper, matches('\\p{L}')),
  n_punct: matches(`[^${wordClass}${spaceClass}]`),
  n_exclaim: matches('!'),
  n_question: matches('\\?'),
  n_currency: matches('[$£€¥₹¢]'),
  n_urls: links,
  n_emails: addresses,
  n_phone_like: phones,
  n_long_numbers: matches('\\p{Nd}{5,}'),
  n_nonascii: matches('[^\\x{0}-\\x{7f}]'),
  n_html_entities: matches('&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\\p{Nd}{1,7}|#[xX][0-9a-fA-F]{1,6});'),
  n_control: matches('[\\x{0}-\\x{8}\\x{b}\\x{c}\\x{e}-\\x{1f}\\x{7f}-\\x{9f}]'),
}

/** Figures that tell how a file was made rather than what its texts say; worked out only where they are named. */
export const artefactCounts: readonly string[] = ['n_nonascii', 'n_html_entities', 'n_control']

/** The first characters of a text. */
export function firstCharactersSql(text: Sql, most: number): Sql {
  return sql`case when length(${text}) > ${number(most)} then substr(${text}, 1, ${number(most)}) else ${text} end`
}

/** The same in JavaScript. */
export function firstCharacters(text: string, most: number): string {
  return text.length <= most ? text : [...text].slice(0, most).join('')
}
