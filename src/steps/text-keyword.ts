import { sql, type Sql } from '#core/sql'
import type { TextFigure } from './portable-step.ts'
import { scriptPattern, spaceClass, wordClass } from './text-counts.ts'
import { matchesSql } from './text-sql.ts'

/** Whether a word or phrase occurs whole; blanks between its words may be any. */
export function textKeyword(keyword: string, caseSensitive: boolean): { sql(text: Sql): Sql; of(text: string): number; portable: Omit<TextFigure, 'to'> } {
  const words = keyword.split(new RegExp(`[${spaceClass.replaceAll(/\\x\{([0-9a-f]+)\}/gu, '\\u{$1}')}]+`, 'u')).filter((word) => word !== '')
  const phrase = words.map(escaped).join(`[${spaceClass}]+`)
  const pattern = `(?:^|[^${wordClass}])${phrase}(?:[^${wordClass}]|$)`
  const compiled = scriptPattern(pattern, caseSensitive ? 'u' : 'iu')
  return {
    sql: (text) => sql`case when ${matchesSql(text, `${caseSensitive ? '' : '(?i)'}${pattern}`)} then 1 else 0 end`,
    of: (text) => (compiled.test(text) ? 1 : 0),
    portable: { pattern, ignoreCase: !caseSensitive, once: true, over: null },
  }
}

/** Every character by its number where it could mean something in a pattern. */
function escaped(word: string): string {
  return [...word].map((character) => (/[\p{L}\p{N}]/u.test(character) ? character : `\\x{${(character.codePointAt(0) ?? 0).toString(16)}}`)).join('')
}

/** The keyword in a column's name: ASCII letters and digits, else the numbers of its characters. */
export function keywordSlug(keyword: string): string {
  const words = keyword.normalize('NFKD').replaceAll(/[^\p{ASCII}]/gu, '').toLowerCase().match(/[a-z0-9]+/gu)
  return words === null ? `u${[...keyword.trim()].map((character) => (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')).join('_')}` : words.join('_')
}
