import { z } from 'zod'
import { accept } from '#core/errors'
import { defineStep } from './define-step.ts'

const paramsSchema = z.strictObject({ columns: z.array(z.string()).nullish() })
type Params = z.infer<typeof paramsSchema>

/** Columns leave the table. */
export const dropColumns = defineStep<Params>({
  type: 'DropColumnsTransformer',
  rowwise: true,
  params: paramsSchema,
  namedColumns: ({ columns }) => columns ?? null,
  needsColumns: true,
  contract: ({ scope }) => accept({ reads: [], changes: [], creates: [], drops: scope.map((column) => column.id), renames: [] }),
  describe: () => 'leaves the table',
  sql: () => ({ layers: [], assign: [] }),
  row: ({ scope }) => {
    const dropped = new Set(scope.map((column) => column.id))
    return (row) => Object.fromEntries(Object.entries(row).filter(([id]) => !dropped.has(id)))
  },
  portable: () => [],
})
