import { z } from 'zod'
import { columnSchema } from '#core/dataset'
import { leftOutSchema } from '#core/outcomes'
import { stepSpecSchema } from '#core/pipeline-spec'

/** A feature that an option adds, or a column that it turns into numbers. */
export const addedSchema = z.strictObject({ name: z.string(), from: z.array(z.string()), kind: z.string(), text: z.string() })
export type Added = z.infer<typeof addedSchema>

/** What accepting an option does. */
export const effectSchema = z.strictObject({
  steps: z.array(stepSpecSchema.omit({ id: true })),
  left_out: z.array(leftOutSchema),
  added: z.array(addedSchema),
  /** Whether a policy may take it where it is recommended and nobody is asked. */
  safe: z.boolean(),
})
export type Effect = z.infer<typeof effectSchema>

/** The decision of feature_engineering, complete in itself: what this answer adds and leaves out. */
export const featureDecisionSchema = z.strictObject({
  chosen: z.array(z.strictObject({ index: z.int().min(0), id: z.string(), title: z.string() })),
  steps: z.array(stepSpecSchema),
  left_out: z.array(leftOutSchema),
  added: z.array(addedSchema),
})
export type FeatureDecision = z.infer<typeof featureDecisionSchema>

/** What reading an answer needs to know of the table. */
export const featureBasisSchema = z.strictObject({
  /** The raw columns. */
  columns: z.array(columnSchema),
  /** The pipeline so far: of the label decision, and of the drafts of this phase. */
  steps: z.array(stepSpecSchema),
  /** Columns that no step may touch: the label, the weight, and what orders the rows in time. */
  fixed: z.array(columnSchema),
  label: z.string(),
  /** What the model would take as it stands. */
  features: z.array(columnSchema),
  /** What fitted steps of the drafts learnt. */
  state: z.record(z.string(), z.json()).exactOptional(),
  left_out: z.array(leftOutSchema),
})
export type FeatureBasis = z.infer<typeof featureBasisSchema>
