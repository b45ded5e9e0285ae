import { z } from 'zod'
import { accept, refuse } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, type Sql } from '#core/sql'
import { collapseWhitespace, stripText } from './compact-text.ts'
import { defineStep } from './define-step.ts'
import { collapseWhitespaceSql, replaceAllSql, stripSql } from './text-sql.ts'

interface Operation {
  readonly sql: (text: Sql) => Sql
  readonly text: (text: string) => string
}

/** The operations that SQL and JavaScript do exactly alike. */
const operations: Readonly<Record<string, Operation>> = {
  strip: { sql: stripSql, text: stripText },
  remove_extra_whitespace: { sql: collapseWhitespaceSql, text: collapseWhitespace },
  remove_digits: { sql: (text) => replaceAllSql(text, '\\p{Nd}+', ''), text: (text) => text.replaceAll(/\p{Nd}+/gu, '') },
  mask_digits: { sql: (text) => replaceAllSql(text, '\\p{Nd}+', 'NUM'), text: (text) => text.replaceAll(/\p{Nd}+/gu, 'NUM') },
}

/** The other operations of the package; they are refused, not ignored. */
const notYet = ['lowercase', 'uppercase', 'remove_punctuation', 'remove_html', 'html_unescape', 'fix_encoding', 'nfkc', 'mask_urls', 'mask_emails']

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
    if (params.regex_pattern) return refuse('CUSTOM_REFUSED', 'regex_pattern is not offered yet; leave it out.')
    const offered = Object.keys(operations).join(', ')
    for (const operation of operationNames(params)) {
      if (operation in operations) continue
      const why = notYet.includes(operation) ? 'is not offered yet' : 'is unknown'
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
  describe: ({ params }) => `text cleaned: ${operationNames(params).join(', ')}`,
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
})

function operationNames(params: Params): readonly string[] {
  if (params.operations === null || params.operations === undefined || params.operations === '') return []
  return typeof params.operations === 'string' ? [params.operations] : params.operations
}

function chosen(params: Params): Operation[] {
  return operationNames(params).flatMap((operation) => operations[operation] ?? [])
}
