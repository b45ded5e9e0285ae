import { z } from 'zod'
import { accept } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, sql } from '#core/sql'
import { defineStep } from './define-step.ts'

const paramsSchema = z.strictObject({ suffix: z.string().default('_missing'), drop_original: z.boolean().default(false) })
type Params = z.infer<typeof paramsSchema>

/** A 0/1 column beside each column tells where it is missing. */
export const missingFlag = defineStep<Params>({
  type: 'MissingFlagTransformer',
  rowwise: true,
  params: paramsSchema,
  contract({ params, scope }) {
    const creates = scope.map(({ id, name: column }) => ({ name: `${column}${params.suffix}`, type: 'integer' as const, from: [id], after: null }))
    const ids = scope.map(({ id }) => id)
    return accept({ reads: ids, changes: [], creates, drops: params.drop_original ? ids : [], renames: [] })
  },
  describe(use, column) {
    const from = use.scope[use.created.findIndex(({ id }) => id === column.id)]
    return from === undefined ? 'stays as it is' : `1 where ${JSON.stringify(from.name)} is missing, else 0`
  },
  sql: ({ scope, created }) => ({
    layers: [],
    assign: scope.flatMap(({ id }, i) => {
      const flag = created[i]
      return flag === undefined ? [] : [{ id: flag.id, expression: sql`case when ${name(id)} is null then 1 else 0 end` }]
    }),
  }),
  row: ({ scope, created }) =>
    function flagMissing(row) {
      const next: Record<string, Cell> = { ...row }
      scope.forEach(({ id }, i) => {
        const flag = created[i]
        if (flag !== undefined) next[flag.id] = (row[id] ?? null) === null ? 1 : 0
      })
      return next
    },
  portable: ({ scope, created }) =>
    scope.flatMap(({ id, type }, i) => {
      const flag = created[i]
      return flag === undefined ? [] : [{ op: 'flag' as const, from: id, to: flag.id, type, marker: null, asNumber: true }]
    }),
})
