import { name, number, sql, text as literal, type Sql } from '#core/sql'
import { minusSigns, whitespace } from './compact-text.ts'
import type { Folding } from './fold-text.ts'

/**
 * The SQL of texts. What engines spell differently (replacing all matches, matching, all groups at once) is said here
 * and nowhere else in the steps.
 */

/** Anything but ASCII that shows: only such texts have blanks to mend, and `translate` is slow. */
const notPlainAscii = '[^!-~]'
/** Anything but ASCII: only such texts fold in more than A to Z. */
const notAscii = '[^ -~]'

/** SQL of `compactText`. */
export function compactSql(text: Sql): Sql {
  const blank = ' '.repeat(whitespace.length)
  const mended = collapseBlanksSql(sql`translate(${text}, ${whitespace + minusSigns}, ${`${blank}---`})`)
  return sql`case when ${matchesSql(text, notPlainAscii)} then ${mended} else ${text} end`
}

/** SQL of `collapseWhitespace`. */
export function collapseWhitespaceSql(text: Sql): Sql {
  const mended = collapseBlanksSql(sql`translate(${text}, ${whitespace}, ${' '.repeat(whitespace.length)})`)
  return sql`case when ${matchesSql(text, notPlainAscii)} then ${mended} else ${text} end`
}

function collapseBlanksSql(text: Sql): Sql {
  return sql`trim(both ' ' from ${replaceAllSql(text, ' +', ' ')})`
}

/** SQL of `stripText`. */
export function stripSql(text: Sql): Sql {
  return sql`trim(both ${whitespace} from ${text})`
}

/** Every match of the pattern replaced; patterns are those that RE2 and JavaScript read alike. */
export function replaceAllSql(text: Sql, pattern: string, replacement: string): Sql {
  return sql`regexp_replace(${text}, ${pattern}, ${replacement}, 'g')`
}

/** Every match of the pattern replaced by what an expression over the match says. */
export function replaceEachSql(text: Sql, pattern: string, replacement: (match: Sql) => Sql): Sql {
  const replaced = sql`list_transform(regexp_extract_all(${text}, ${literal(pattern)}), lambda found: ${replacement(sql`found`)})`
  return sql`array_to_string(list_transform(list_zip(regexp_split_to_array(${text}, ${literal(pattern)}), ${replaced}), lambda piece: piece[1] || coalesce(piece[2], '')), '')`
}

/**
 * What a table says of a key of ASCII, without bars and equals signs; missing where it says nothing. The table is one text
 * of ASCII, which is searched fast: lists and maps would be made anew for each key.
 */
export function lookUpSql(key: Sql, table: ReadonlyArray<readonly [key: string, text: string]>): Sql {
  const rows = table.map(([one, text]) => `${one}=${[...text].map((character) => (character.codePointAt(0) ?? 0).toString(16)).join('.')}`)
  const all = literal(`|${rows.join('|')}|`)
  const longest = number(Math.max(...rows.map((row) => row.length)))
  const codes = sql`string_split(string_split(substr(${all}, place + length(${key}) + 2, ${longest}), '|')[1], '.')`
  const text = sql`array_to_string(list_transform(${codes}, lambda code: chr(cast('0x' || code as integer))), '')`
  return sql`list_transform([strpos(${all}, '|' || ${key} || '=')], lambda place: case when place > 0 then ${text} end)[1]`
}

/** The text with letters and the marks on them put together, as Unicode's form NFC. */
export function composedSql(text: Sql): Sql {
  return sql`nfc_normalize(${text})`
}

/** Whether the pattern is found. */
export function matchesSql(text: Sql, pattern: string): Sql {
  return sql`regexp_matches(${text}, ${pattern})`
}

/** All groups of a pattern of 13 in one pass, as a struct with the fields g1 to g13; a group that took no part is ''. */
export function groupsSql(text: Sql, pattern: string): Sql {
  return sql`regexp_extract(${text}, ${literal(pattern)}, ['g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'g8', 'g9', 'g10', 'g11', 'g12', 'g13'])`
}

/** One field of `groupsSql`. */
export function groupSql(groups: Sql, index: number): Sql {
  return sql`(${groups}).${name(`g${index}`)}`
}

/** SQL of a folding: as good as it where the result is compared with the folding's tokens. */
export function foldSql(text: Sql, folding: Folding): Sql {
  const expanded = folding.expansions.reduce((all, [character, folded]) => sql`replace(${all}, ${character}, ${folded})`, text)
  const folded = folding.from === '' ? expanded : sql`translate(${expanded}, ${folding.from}, ${folding.to})`
  return sql`case when ${matchesSql(text, notAscii)} then ${folded} else lower(${text}) end`
}

/** Whether the text is one of some texts; not as `in`, which DuckDB makes a join of. */
export function isOneOfSql(value: Sql, texts: readonly string[]): Sql {
  if (texts.length === 0) return sql`false`
  const escaped = texts.map((text) => text.replaceAll(/[!-/:-@[-`{-~]/gu, '\\$&'))
  return matchesSql(value, `^(?:${escaped.join('|')})$`)
}
