import { sql, text as literal, type Sql } from '#core/sql'
import { matchesSql, replaceEachSql } from './text-sql.ts'
import { takenControls, windowsCharacters } from './windows-1252.ts'

/**
 * Text that was decoded by the wrong table, as "donâ€™t": control characters become the characters of Windows-1252 that they
 * were, and what is UTF-8 read as Windows-1252 is read again. Text that is neither stays as it is.
 */

const bytes = new Map([...windowsCharacters].map((character, i) => [character, takenControls.charCodeAt(i)]))
const fromControls = new Map([...takenControls].map((control, i) => [control, windowsCharacters[i] ?? control]))
const plain = /^\p{ASCII}*$/u
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text as it was meant. */
export function mendText(text: string): string {
  if (plain.test(text)) return text
  const mended = text.replaceAll(/[\u0080-\u009f]/gu, (control) => fromControls.get(control) ?? control)
  const read = [...mended].map(byteOf)
  if (read.includes(null)) return mended
  try {
    return utf8.decode(Uint8Array.from(read.map((byte) => byte ?? 0)))
  } catch {
    return mended
  }
}

/** The byte of a character in Windows-1252; null where it has none. */
function byteOf(character: string): number | null {
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : (bytes.get(character) ?? null)
}

/** UTF-8 whose bytes are written as the characters of the same numbers. */
const tail = '[\\x{80}-\\x{bf}]'
const validUtf8 = `^(?:[\\x{0}-\\x{7f}]|[\\x{c2}-\\x{df}]${tail}|\\x{e0}[\\x{a0}-\\x{bf}]${tail}|[\\x{e1}-\\x{ec}\\x{ee}\\x{ef}]${tail}{2}|\\x{ed}[\\x{80}-\\x{9f}]${tail}|\\x{f0}[\\x{90}-\\x{bf}]${tail}{2}|[\\x{f1}-\\x{f3}]${tail}{3}|\\x{f4}[\\x{80}-\\x{8f}]${tail}{2})*$`
const inWindows1252 = `^[\\x{0}-\\x{7f}\\x{a0}-\\x{ff}${windowsCharacters}]*$`

/** SQL of `mendText`. */
export function mendSql(text: Sql): Sql {
  const mended = sql`translate(${text}, ${literal(takenControls)}, ${literal(windowsCharacters)})`
  const numbered = sql`translate(${mended}, ${literal(windowsCharacters)}, ${literal(takenControls)})`
  const hexadecimal = replaceEachSql(numbered, '(?s).', (character) => sql`printf('%02X', unicode(${character}))`)
  const again = sql`case when ${matchesSql(numbered, validUtf8)} then decode(unhex(${hexadecimal})) else ${mended} end`
  return sql`case when ${matchesSql(text, '[^\\x{0}-\\x{7f}]')} then case when ${matchesSql(mended, inWindows1252)} then ${again} else ${mended} end else ${text} end`
}
