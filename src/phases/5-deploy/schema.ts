import { z } from 'zod'
import { hashSchema } from '#core/hash'
import { taskNameSchema } from '#core/run-settings'

export const choices = ['active', 'inactive', 'none'] as const
export const choiceSchema = z.enum(choices)
export type Choice = z.infer<typeof choiceSchema>

/** What was decided: what is made, from which probability on it calls, and what was known then. */
export const deployDecisionSchema = z.strictObject({
  deployment: choiceSchema,
  threshold: z.number().min(0).max(1).nullable(),
  /** Blob of the checks that were shown. */
  evaluation: hashSchema,
})
export type DeployDecision = z.infer<typeof deployDecisionSchema>

/** What reading an answer needs to know of the proposal. */
export const deployBasisSchema = z.strictObject({
  task: taskNameSchema,
  /** The threshold that holds where the answer gives none. */
  threshold: z.number().nullable(),
  evaluation: hashSchema,
})
export type DeployBasis = z.infer<typeof deployBasisSchema>

/** What a custom answer may say; an unknown key is refused by its name. */
export const customSchema = z.strictObject({
  threshold: z.number().min(0).max(1).nullish().describe('Binary: call a row positive from this probability on.'),
  active: z.boolean().nullish().describe('Whether the deployment answers at once.'),
})
