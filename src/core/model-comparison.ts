import { z } from 'zod'

/** One measure of two models on the same rows; the difference is the retrained model's less the parent's. */
export const comparedMetricSchema = z.strictObject({
  parent: z.number(),
  retrained: z.number(),
  difference: z.number(),
  /** Paired bootstrap 95 % interval of the difference. */
  low: z.number(),
  high: z.number(),
  verdict: z.enum(['better', 'worse', 'no distinguishable difference']),
})

/** How a retrained model stands against its parent's on the rows that the parent sealed. */
export const modelComparisonSchema = z.strictObject({
  /** In one sentence. */
  text: z.string(),
  same_model: z.boolean(),
  /** Sealed rows that both were scored on, each through its own pipeline; 0 where they cannot be compared. */
  rows: z.int().min(0),
  resamples: z.int().min(0),
  /** How many different models of this chain have been tested on these rows. */
  looks: z.int().min(1),
  metrics: z.record(z.string(), comparedMetricSchema),
  notes: z.array(z.string()),
})
export type ModelComparison = z.infer<typeof modelComparisonSchema>
