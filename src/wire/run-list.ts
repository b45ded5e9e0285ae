import { z } from 'zod'
import { phaseNameSchema, phaseStatuses, runStatuses } from '#core/phase-names'
import { cursorSchema, queryIntegerSchema } from './query-value.ts'
import { runStateAnswerSchema } from './run-state.ts'

export const runListQuerySchema = z.object({
  status: z.enum(runStatuses).optional(),
  /** Part of the name or of the label, in either case. */
  search: z.string().max(200).optional(),
  /** The name of the key that started the run. */
  owner: z.string().max(200).optional(),
  /** The phase that the run is at. */
  phase: phaseNameSchema.optional(),
  limit: queryIntegerSchema({ min: 1, max: 200 }).default(50),
  cursor: cursorSchema.optional(),
})
export type RunListQuery = z.infer<typeof runListQuerySchema>

export const runListEntrySchema = runStateAnswerSchema
  .pick({
    run_id: true,
    name: true,
    status: true,
    current_phase: true,
    progress: true,
    dataset_id: true,
    parent_run_id: true,
    label: true,
    task: true,
    created_at: true,
    started_at: true,
    completed_at: true,
    message: true,
    owner: true,
  })
  .extend({
    /** The planned phases, in order; empty until the run is started. */
    phases: z.array(z.object({ phase: phaseNameSchema, status: z.enum(phaseStatuses) })),
  })
  .meta({ id: 'RunListEntry' })
export type RunListEntry = z.infer<typeof runListEntrySchema>

/** Newest first. */
export const runListAnswerSchema = z
  .object({ runs: z.array(runListEntrySchema), next_cursor: z.string().nullable() })
  .meta({ id: 'RunList' })
export type RunListAnswer = z.infer<typeof runListAnswerSchema>
