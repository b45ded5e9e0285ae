import { z } from 'zod'
import { accept } from '#core/errors'
import { defineStep, findColumns } from './define-step.ts'

const paramsSchema = z.strictObject({ mapping: z.record(z.string(), z.string().min(1)) })
type Params = z.infer<typeof paramsSchema>

/** Columns get new names; their values and ids stay. */
export const renameColumns = defineStep<Params>({
  type: 'RenameColumnsTransformer',
  rowwise: true,
  params: paramsSchema,
  contract({ params, scope }) {
    const pairs = Object.entries(params.mapping)
    const columns = findColumns(scope, pairs.map(([from]) => from))
    if (!columns.ok) return columns
    const renames = columns.value.map((column, i) => ({ id: column.id, name: pairs[i]?.[1] ?? column.name }))
    return accept({ reads: [], changes: [], creates: [], drops: [], renames })
  },
  describe: ({ params }, column) => `renamed from ${JSON.stringify(column.name)} to ${JSON.stringify(params.mapping[column.name] ?? column.name)}`,
  sql: () => ({ layers: [], assign: [] }),
  row: () => (row) => row,
  portable: () => [],
})
