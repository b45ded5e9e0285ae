import { z } from 'zod'
import { accept, orThrow, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, type Sql } from '#core/sql'
import { collapseWhitespace, stripText } from './compact-text.ts'
import { compatibleSql, compatibleText, newerPattern } from './compatible-text.ts'
import { defineStep } from './define-step.ts'
import { entityPairs } from './html-entities.ts'
import { mendSql, mendText } from './mend-encoding.ts'
import type { TextChange } from './portable-step.ts'
import { PatternFault, portablePattern } from './python-pattern.ts'
import { lowerSql, lowerText, upperSql, upperText } from './text-case.ts'
import { scriptPattern, spaceClass, wordClass } from './text-counts.ts'
import { collapseWhitespaceSql, replaceAllSql, stripSql } from './text-sql.ts'
import { unescapeSql, unescapeText } from './unescape-html.ts'

interface Operation {
  readonly sql: (text: Sql) => Sql
  readonly text: (text: string) => string
  readonly portable: TextChange
}

/** Every match of a pattern replaced by a text, alike in SQL and JavaScript. */
function replacing(pattern: string, replacement: string, ignoreCase = false): Operation {
  const compiled = scriptPattern(pattern, ignoreCase ? 'giu' : 'gu')
  return { sql: (text) => replaceAllSql(text, `${ignoreCase ? '(?i)' : ''}${pattern}`, replacement), text: (text) => text.replaceAll(compiled, () => replacement), portable: ['replace', pattern, replacement, ignoreCase] }
}

/** The operations by their names; SQL and JavaScript do them exactly alike. */
const operations: Readonly<Record<string, Operation>> = {
  lowercase: { sql: lowerSql, text: lowerText, portable: ['lower'] },
  uppercase: { sql: upperSql, text: upperText, portable: ['upper'] },
  strip: { sql: stripSql, text: stripText, portable: ['strip'] },
  remove_extra_whitespace: { sql: collapseWhitespaceSql, text: collapseWhitespace, portable: ['collapse'] },
  remove_digits: replacing('\\p{Nd}+', ''),
  remove_punctuation: replacing(`[^${wordClass}${spaceClass}]`, ''),
  remove_html: replacing('<[^>]+>', ''),
  html_unescape: { sql: unescapeSql, text: unescapeText, portable: ['unescape', entityPairs] },
  fix_encoding: { sql: mendSql, text: mendText, portable: ['mend'] },
  nfkc: { sql: compatibleSql, text: compatibleText, portable: ['compatible', newerPattern] },
  mask_digits: replacing('\\p{Nd}+', 'NUM'),
  mask_urls: replacing(`(?:https?://|www\\.)[^${spaceClass}<>"']+`, 'URL', true),
  mask_emails: replacing(`[${wordClass}.+-]+@[${wordClass}-]+(?:\\.[${wordClass}-]+)+`, 'EMAIL'),
}

const paramsSchema = z.strictObject({
  operations: z.union([z.string(), z.array(z.string())]).nullish(),
  regex_pattern: z.string().nullish(),
  regex_replacement: z.string().default(''),
})
type Params = z.infer<typeof paramsSchema>

/** Text is cleaned by operations in their order; columns of other types pass. */
export const textClean = defineStep<Params>({
  type: 'TextCleanTransformer',
  rowwise: true,
  params: paramsSchema,
  contract({ params, scope }) {
    const pattern = readPattern(params)
    if (!pattern.ok) return pattern
    const offered = Object.keys(operations).join(', ')
    for (const operation of operationNames(params)) {
      if (operation in operations) continue
      return refuse('CUSTOM_REFUSED', `the operation "${operation}" is unknown; there are ${offered}.`)
    }
    const texts = scope.filter((column) => column.type === 'text')
    return accept({
      reads: texts.map((column) => column.id),
      changes: texts.map((column) => ({ id: column.id, type: column.type })),
      creates: [],
      drops: [],
      renames: [],
    })
  },
  describe: ({ params }) => `text cleaned: ${[...operationNames(params), ...(params.regex_pattern ? [`${params.regex_pattern} becomes ${JSON.stringify(params.regex_replacement)}`] : [])].join(', ')}`,
  // Each operation is a layer of its own: written into one another, they would repeat the text over and over.
  sql: ({ params, scope }) => {
    const texts = scope.filter((column) => column.type === 'text')
    const all = chosen(params)
    const before = (id: string, place: number): Sql => name(place === 0 ? id : `${id}_cleaned_${place}`)
    return {
      layers: all.slice(0, -1).map((operation, i) => texts.map(({ id }) => ({ id: `${id}_cleaned_${i + 1}`, expression: operation.sql(before(id, i)) }))),
      assign: texts.map(({ id }) => ({ id, expression: all.at(-1)?.sql(before(id, all.length - 1)) ?? name(id) })),
    }
  },
  row: ({ params, scope }) => {
    const cleaned = scope.filter((column) => column.type === 'text')
    const clean = (text: string): string => chosen(params).reduce((all, operation) => operation.text(all), text)
    return function cleanCells(row) {
      const next: Record<string, Cell> = { ...row }
      for (const column of cleaned) {
        const cell = row[column.id]
        if (typeof cell === 'string') next[column.id] = clean(cell)
      }
      return next
    }
  },
  portable: ({ params, scope }) => scope.filter((column) => column.type === 'text').map(({ id }) => ({ op: 'clean', id, changes: chosen(params).map(({ portable }) => portable) })),
})

function operationNames(params: Params): readonly string[] {
  if (params.operations === null || params.operations === undefined || params.operations === '') return []
  return typeof params.operations === 'string' ? [params.operations] : params.operations
}

function chosen(params: Params): Operation[] {
  const pattern = orThrow(readPattern(params))
  return [...operationNames(params).flatMap((operation) => operations[operation] ?? []), ...(pattern === null ? [] : [pattern])]
}

/** The pattern of the parameters, which is replaced after the operations; refused where engines would replace differently. */
function readPattern({ regex_pattern, regex_replacement }: Params): Result<Operation | null> {
  if (!regex_pattern) return accept(null)
  const refused = (why: string) => refuse('CUSTOM_REFUSED', `regex_pattern ${JSON.stringify(regex_pattern)} ${why}.`)
  if (regex_replacement.includes('\\')) return refused('is offered with a plain regex_replacement only, without backslashes')
  try {
    const { pattern, empty, wordEnds, lineEnd, ignoreCase } = portablePattern(regex_pattern, false)
    if (empty) return refused('may match nothing at all, of which engines find different places')
    if (wordEnds) return refused('uses \\b, which is not offered where matches are replaced')
    if (lineEnd) return refused('uses $, which is not offered where matches are replaced; write \\Z for the end of the text')
    return accept(replacing(pattern, regex_replacement, ignoreCase))
  } catch (error) {
    if (error instanceof PatternFault) return refused(`at its character ${error.at + 1}: ${error.message}`)
    throw error
  }
}
