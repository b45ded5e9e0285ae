import { z } from 'zod'
import { idSchema } from './identifier.ts'

export const compareRunsParametersSchema = z.object({ id: idSchema, other_id: idSchema })

/** One measure of two models on the same rows; the difference is the second's less the first's. */
const pairedMetricSchema = z
  .object({
    first: z.number(),
    second: z.number(),
    difference: z.number(),
    /** Paired bootstrap 95 % interval of the difference. */
    low: z.number(),
    high: z.number(),
    /** Of the second run's model. */
    verdict: z.enum(['better', 'worse', 'no distinguishable difference']),
  })
  .meta({ id: 'PairedMetric' })

/** Two models on the sealed rows that both runs have; `metrics` is empty where they cannot be paired, and `reason` says why. */
export const compareRunsAnswerSchema = z
  .object({
    paired: z.boolean(),
    reason: z.string().nullable(),
    same_model: z.boolean(),
    /** Sealed rows that both were scored on. */
    rows: z.int(),
    resamples: z.int(),
    metrics: z.record(z.string(), pairedMetricSchema),
  })
  .meta({ id: 'RunsComparison' })
export type CompareRunsAnswer = z.infer<typeof compareRunsAnswerSchema>
