import { z } from 'zod'
import { accept, refuse } from '#core/errors'
import type { Cell } from '#core/ports'
import { number, sql } from '#core/sql'
import { defineStep } from './define-step.ts'
import { notNumeric, numberReader, numberSql } from './number-step.ts'
import { rangeOf } from './moments.ts'

const paramsSchema = z.strictObject({ threshold: z.number().default(0), copy: z.boolean().default(true) })
type Params = z.infer<typeof paramsSchema>

/** Numbers above a threshold become 1, the others 0. */
export const binarizer = defineStep<Params>({
  type: 'Binarizer',
  rowwise: true,
  params: paramsSchema,
  needsColumns: true,
  movedToEnd: () => [],
  contract({ scope }) {
    const fault = notNumeric(scope)
    if (fault !== null) return refuse('CUSTOM_REFUSED', fault)
    const changes = scope.map(({ id }) => ({ id, type: 'integer' as const }))
    return accept({ reads: changes.map(({ id }) => id), changes, creates: [], drops: [], renames: [] })
  },
  describe: ({ params }) => `1 above ${params.threshold}, else 0`,
  /** As scikit-learn: a column with gaps must be filled first. */
  async fit(use, source) {
    for (const column of use.scope) {
      const { missing } = await rangeOf(numberSql(column), source)
      if (missing > 0) return refuse('CUSTOM_REFUSED', `"${column.name}" is missing on ${missing} rows; fill it first.`)
    }
    return accept({})
  },
  sql: ({ params, scope }) => ({
    layers: [],
    assign: scope.map((column) => {
      const value = numberSql(column)
      return { id: column.id, expression: sql`case when ${value} > ${number(params.threshold)} then 1 when ${value} is not null then 0 end` }
    }),
  }),
  row({ params, scope }) {
    const readers = scope.map((column) => ({ id: column.id, read: numberReader(column, (value) => (value > params.threshold ? 1 : 0)) }))
    return function binarize(row) {
      const next: Record<string, Cell> = { ...row }
      for (const { id, read } of readers) next[id] = read(row[id] ?? null)
      return next
    }
  },
  portable: ({ params, scope }) => scope.map(({ id, type }) => ({ op: 'numbers', from: id, to: id, type, changes: [['above', params.threshold]] })),
})
