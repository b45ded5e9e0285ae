import { z } from 'zod'
import { phaseNameSchema, phaseStatuses } from '#core/phase-names'
import { timestampSchema } from './timestamp.ts'

export const phaseStatusSchema = z
  .object({
    phase: phaseNameSchema,
    status: z.enum(phaseStatuses),
    started_at: timestampSchema.nullable(),
    completed_at: timestampSchema.nullable(),
    /** A sentence. */
    error: z.string().nullable(),
  })
  .meta({ id: 'PhaseStatus' })
export type PhaseStatusAnswer = z.infer<typeof phaseStatusSchema>

/** One entry a planned phase, in order. */
export const phasesAnswerSchema = z.array(phaseStatusSchema)
export type PhasesAnswer = z.infer<typeof phasesAnswerSchema>
