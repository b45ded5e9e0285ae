import { sql, type Sql } from '#core/sql'
import { scriptPattern } from './text-counts.ts'
import { composedSql, lookUpSql, matchesSql, replaceEachSql } from './text-sql.ts'

/**
 * Unicode's form NFKC: characters that only look different (full width, ligatures, superscripts) become the plain ones,
 * then letters and marks are put together. SQL knows the second half; the first is a table, which both sides share.
 */

/**
 * Characters that engines know or do not by the Unicode version that they were built with, as marks, as letters that marks
 * are put together with, or as other forms of a letter: text is normalised between these, so that all give the same.
 */
const newerClass = [
  '\\x{897}\\x{1acf}-\\x{1add}\\x{1ae0}-\\x{1aeb}\\x{a7f1}\\x{105c9}\\x{105e4}\\x{10d69}-\\x{10d6d}\\x{10efa}\\x{10efb}\\x{11383}\\x{11385}\\x{1138e}\\x{11391}\\x{113b8}\\x{113bb}',
  '\\x{113c2}\\x{113c5}\\x{113c7}-\\x{113c9}\\x{113ce}-\\x{113d0}\\x{1611e}-\\x{16129}\\x{1612f}\\x{16d63}\\x{16d67}-\\x{16d6a}\\x{1ccd6}-\\x{1ccf9}\\x{1e030}-\\x{1e06d}\\x{1e5ee}\\x{1e5ef}\\x{1e6e3}\\x{1e6e6}\\x{1e6ee}\\x{1e6ef}\\x{1e6f5}',
].join('')
/** The class is split at; two letters of it are older than what they become with a dot, which must not happen. */
export const newerPattern = `([${newerClass}]|[\\x{105d2}\\x{105da}](?=\\x{307}))`
const newer = scriptPattern(newerPattern)
const apart = scriptPattern(`[${newerClass}]`, 'u')
const plain = /^\p{ASCII}*$/u

/** The text in NFKC. */
export function compatibleText(text: string): string {
  if (plain.test(text)) return text
  return text.split(newer).map((piece, i) => (i % 2 === 0 ? piece.normalize('NFKC') : piece)).join('')
}

let forms: ReadonlyArray<readonly [code: number, form: string]> | undefined

/** Every character that only looks different, with what it is; the last such plane ends below U+30000. */
function plainForms(): ReadonlyArray<readonly [code: number, form: string]> {
  if (forms !== undefined) return forms
  const found: [number, string][] = []
  for (let code = 0x80; code < 0x30000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue
    const character = String.fromCodePoint(code)
    const form = character.normalize('NFKD')
    if (form !== character.normalize('NFD') && !apart.test(character)) found.push([code, form])
  }
  forms = found
  return forms
}

const hexadecimal = (code: number): string => code.toString(16).padStart(5, '0')

/** SQL of `compatibleText`. */
export function compatibleSql(text: Sql): Sql {
  const table = plainForms()
  const found = `[${table.map(([code]) => `\\x{${hexadecimal(code)}}`).join('')}]`
  const rows = table.map(([code, form]) => [hexadecimal(code), form] as const)
  const plainer = replaceEachSql(text, found, (match) => lookUpSql(sql`printf('%05x', unicode(${match}))`, rows))
  const whole = sql`case when ${matchesSql(text, found)} then ${composedSql(plainer)} else ${composedSql(text)} end`
  return sql`case when ${matchesSql(text, '[^\\x{0}-\\x{7f}]')} then ${whole} else ${text} end`
}
