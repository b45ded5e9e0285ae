import { z } from 'zod'
import { accept, orThrow, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, type Sql } from '#core/sql'
import { collapseWhitespace, stripText } from './compact-text.ts'
import { defineStep } from './define-step.ts'
import type { TextChange } from './portable-step.ts'
import { PatternFault, portablePattern } from './python-pattern.ts'
import { lowerSql, lowerText, upperSql, upperText } from './text-case.ts'
import { scriptPattern, spaceClass, wordClass } from './text-counts.ts'
import { collapseWhitespaceSql, replaceAllSql, stripSql } from './text-sql.ts'

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

/** The operations that SQL and JavaScript do exactly alike. */
const operations: Readonly<Record<string, Operation>> = {
  lowercase: { sql: lowerSql, text: lowerText, portable: ['lower'] },
  uppercase: { sql: upperSql, text: upperText, portable: ['upper'] },
  strip: { sql: stripSql, text: stripText, portable: ['strip'] },
  remove_extra_whitespace: { sql: collapseWhitespaceSql, text: collapseWhitespace, portable: ['collapse'] },
  remove_digits: replacing('\\p{Nd}+', ''),
  remove_punctuation: replacing(`[^${wordClass}${spaceClass}]`, ''),
  remove_html: replacing('<[^>]+>', ''),
  mask_digits: replacing('\\p{Nd}+', 'NUM'),
  mask_urls: replacing(`(?:https?://|www\\.)[^${spaceClass}<>"']+`, 'URL', true),
  mask_emails: replacing(`[${wordClass}.+-]+@[${wordClass}-]+(?:\\.[${wordClass}-]+)+`, 'EMAIL'),
}

/** The other operations of the package, which SQL has no words for; they are refused, not ignored. */
const notOffered = ['html_unescape', 'fix_encoding', 'nfkc']

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
      const why = notOffered.includes(operation) ? 'is not offered, since SQL cannot do it' : 'is unknown'
      return refuse('CUSTOM_REFUSED', `the operation "${operation}" ${why}; offered are ${offered}.`)
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
  sql: ({ params, scope }) => ({
    layers: [],
    assign: scope
      .filter((column) => column.type === 'text')
      .map((column) => ({ id: column.id, expression: chosen(params).reduce((text, operation) => operation.sql(text), name(column.id)) })),
  }),
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
