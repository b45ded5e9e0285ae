import { sql, text as literal, type Sql } from '#core/sql'
import { scriptPattern } from './text-counts.ts'
import { matchesSql, replaceAllSql } from './text-sql.ts'

/**
 * Small and capital letters as Python writes them, also where one letter becomes several (ß to SS) or its place in the
 * word decides (Σ). The same tables run in JavaScript and as SQL, since engines differ in what they map.
 */

interface CaseTable {
  /** Letters that become one other, in the order of `to`. */
  readonly from: string
  readonly to: string
  readonly several: ReadonlyArray<readonly [letter: string, text: string]>
  readonly map: ReadonlyMap<string, string>
}

function makeTable(change: (letter: string) => string): CaseTable {
  const [from, to]: [string[], string[]] = [[], []]
  const several: [string, string][] = []
  // The last cased script ends below U+1EA00; half of a pair is no character.
  for (let code = 0x41; code < 0x1ea00; code++) {
    if (code >= 0xd800 && code < 0xe000) continue
    const letter = String.fromCodePoint(code)
    const changed = change(letter)
    if (changed === letter || letter === 'Σ') continue
    if ([...changed].length > 1) several.push([letter, changed])
    else {
      from.push(letter)
      to.push(changed)
    }
  }
  const map = new Map([...from.map((letter, i): [string, string] => [letter, to[i] ?? letter]), ...several])
  return { from: from.join(''), to: to.join(''), several, map }
}

const made = new Map<'lower' | 'upper', CaseTable>()

function tableOf(side: 'lower' | 'upper'): CaseTable {
  const known = made.get(side)
  if (known !== undefined) return known
  const table = makeTable(side === 'lower' ? (letter) => letter.toLowerCase() : (letter) => (letter === 'Σ' ? letter : letter.toUpperCase()))
  made.set(side, table)
  return table
}

/** Stands for a capital sigma until its place is known; no text of a table holds it. */
const sigma = '\\x{0}'
const cased = `\\p{Lu}\\p{Ll}\\p{Lt}${sigma}`
const passedOver = "\\p{Mn}\\p{Me}\\p{Cf}\\p{Lm}\\p{Sk}'.:·’"
/** A sigma behind a letter and before none is the final one. */
const finalSigma = `([${cased}][${passedOver}]*)${sigma}([${passedOver}]*(?:[^${cased}${passedOver}]|$))`
const finalSigmas = scriptPattern(finalSigma)

/** The text in small letters. */
export function lowerText(text: string): string {
  if (/^[ -~]*$/u.test(text)) return text.toLowerCase()
  const { map } = tableOf('lower')
  const mapped = [...text].map((letter) => (letter === 'Σ' ? '\0' : (map.get(letter) ?? letter))).join('')
  return mapped.replaceAll(finalSigmas, '$1ς$2').replaceAll('\0', 'σ')
}

/** The text in capital letters. */
export function upperText(text: string): string {
  if (/^[ -~]*$/u.test(text)) return text.toUpperCase()
  const { map } = tableOf('upper')
  return [...text].map((letter) => map.get(letter) ?? letter).join('')
}

/** SQL of `lowerText`. */
export function lowerSql(text: Sql): Sql {
  const { from, to, several } = tableOf('lower')
  const expanded = several.reduce((all, [letter, changed]) => sql`replace(${all}, ${literal(letter)}, ${literal(changed)})`, text)
  const mapped = sql`translate(${expanded}, ${literal(from)}, ${literal(to)})`
  const placed = sql`replace(${replaceAllSql(sql`replace(${mapped}, 'Σ', chr(0))`, finalSigma, '\\1ς\\2')}, chr(0), 'σ')`
  return sql`case when ${matchesSql(text, '[^ -~]')} then case when ${matchesSql(text, 'Σ')} then ${placed} else ${mapped} end else lower(${text}) end`
}

/** SQL of `upperText`. */
export function upperSql(text: Sql): Sql {
  const { from, to, several } = tableOf('upper')
  const expanded = several.reduce((all, [letter, changed]) => sql`replace(${all}, ${literal(letter)}, ${literal(changed)})`, text)
  const mapped = (value: Sql): Sql => sql`translate(${value}, ${literal(from)}, ${literal(to)})`
  const rare = `[${several.map(([letter]) => letter).join('')}]`
  return sql`case when ${matchesSql(text, '[^ -~]')} then case when ${matchesSql(text, rare)} then ${mapped(expanded)} else ${mapped(text)} end else upper(${text}) end`
}
