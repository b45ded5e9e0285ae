import { z } from 'zod'
import { answerSchema } from './decision.ts'
import { actorSchema } from './event.ts'
import { hashSchema } from './hash.ts'
import { phaseNameSchema } from './phase-names.ts'

/** A decision of the parent run, drafts included, by the artifacts that hold it. */
const parentDecisionSchema = z.strictObject({
  decision_id: z.uuid(),
  proposal: hashSchema,
  answer: hashSchema,
  decision: hashSchema,
  closes: z.boolean(),
})

const parentPhaseSchema = z.strictObject({
  phase: phaseNameSchema,
  skipped: z.boolean(),
  outcome: hashSchema.nullable(),
  /** How it stood against the parent's own parent. */
  comparison: hashSchema.nullable(),
  /** Oldest first; the last one closed the phase. */
  decisions: z.array(parentDecisionSchema),
})
export type ParentPhase = z.infer<typeof parentPhaseSchema>

/**
 * What a retrain repeats of its parent, and what it changes. It lies in a blob, so that the chain holds no names of
 * columns, and so that the parent may be deleted.
 */
export const replaySchema = z.strictObject({
  parent_run_id: z.uuid(),
  /** The model of the chain of retrains: each of them makes a version of it. */
  model_id: z.uuid(),
  /** The description of the raw table that the parent ran on. */
  dataset: hashSchema,
  phases: z.array(parentPhaseSchema),
  /** The parent's own replay, where it was a retrain itself. */
  before: hashSchema.nullable(),
  /** By phase, what was asked to be decided otherwise, and by whom. */
  changes: z.partialRecord(phaseNameSchema, z.strictObject({ answer: answerSchema, actor: actorSchema })),
  /** By phase, why it asks although no approval was required. */
  asks: z.partialRecord(phaseNameSchema, z.string()),
  /** What is to be known of the new table, in sentences. */
  notes: z.array(z.string()),
})
export type Replay = z.infer<typeof replaySchema>
