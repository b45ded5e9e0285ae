import { z } from 'zod'
import { phaseNameSchema, runStatuses } from '#core/phase-names'
import { idSchema } from './identifier.ts'

/** Requests that carry nothing but the id in their path. */
export const emptyBodySchema = z.object({})
export type EmptyBody = z.infer<typeof emptyBodySchema>

export const cancelRunAnswerSchema = z.object({ success: z.literal(true) }).meta({ id: 'CancelledRun' })
export type CancelRunAnswer = z.infer<typeof cancelRunAnswerSchema>

export const skipPhaseAnswerSchema = z
  .object({
    success: z.literal(true),
    skipped_phase: phaseNameSchema,
    /** Null where the run ended with it. */
    next_phase: phaseNameSchema.nullable(),
    /** The later phases that needed it. */
    also_skipped: z.array(phaseNameSchema),
  })
  .meta({ id: 'SkippedPhase' })
export type SkipPhaseAnswer = z.infer<typeof skipPhaseAnswerSchema>

export const resumeRunAnswerSchema = z
  .object({ status: z.enum(runStatuses), current_phase: phaseNameSchema.nullable() })
  .meta({ id: 'ResumedRun' })
export type ResumeRunAnswer = z.infer<typeof resumeRunAnswerSchema>

export const deleteRunAnswerSchema = z
  .object({ run_id: idSchema, status: z.literal('deleted') })
  .meta({ id: 'DeletedRun' })
export type DeleteRunAnswer = z.infer<typeof deleteRunAnswerSchema>
