import { z } from 'zod'
import type { CalibrationBin } from '#studio/components/plots/calibration-plot.tsx'

const measured = z.object({ value: z.number(), low: z.number(), high: z.number() })
const reliabilitySchema = z.object({
  bins: z.array(z.object({ rows: z.number(), mean_probability: z.number(), rate: z.number(), low: z.number(), high: z.number() })),
  brier: z.number(),
  expected_error: z.number(),
  slope: z.number().nullable(),
  intercept: z.number().nullable(),
})
export type Reliability = z.infer<typeof reliabilitySchema>

const countsSchema = z.object({ threshold: z.number(), true_positives: z.number(), false_positives: z.number(), true_negatives: z.number(), false_negatives: z.number() })
const segmentSchema = z.object({ name: z.string(), rows: z.number(), loss: z.number(), other_loss: z.number(), difference: measured, bias: z.number().nullable() })

/** What a page draws of rows that a model did not learn from: out of fold on a card, sealed in an evaluation. */
const freshSchema = z.object({
  rows: z.number().optional(),
  weighed: z.boolean().optional(),
  curves: z.array(z.object({ threshold: z.number(), true_positive_rate: z.number(), false_positive_rate: z.number(), precision: z.number().nullable() })).optional(),
  thresholds: z.array(countsSchema).optional(),
  score_histogram: z.array(z.object({ from: z.number(), to: z.number(), negatives: z.number(), positives: z.number() })).nullish(),
  lift: z.array(z.object({ rows: z.number(), positives: z.number(), rate: measured, lift: z.number().nullable(), gain: z.number().nullable(), cumulative_lift: z.number().nullable() })).nullish(),
  reliability: reliabilitySchema.optional(),
  calibration: z.object({ kind: z.string(), note: z.string().nullish(), before: reliabilitySchema.nullish(), after: reliabilitySchema.nullish() }).nullish(),
  threshold: z.object({ value: z.number(), reason: z.string().nullable() }).nullish(),
  confusion: z.object({ classes: z.array(z.string()), counts: z.array(z.array(z.number())) }).optional(),
  class_table: z.array(z.object({ class: z.string(), rows: z.number(), precision: z.number().nullable(), recall: measured.nullable(), f1: z.number() })).optional(),
  residuals: z.object({ mean: z.number(), deviation: z.number(), within: z.array(z.object({ share: z.number(), value: z.number() })) }).nullish(),
  residual_plots: z
    .object({
      predicted_actual: z.array(z.object({ predicted: z.number(), actual: z.number() })),
      quantile_pairs: z.array(z.object({ expected: z.number(), observed: z.number() })),
      histogram: z.array(z.object({ from: z.number().nullable(), to: z.number().nullable(), rows: z.number() })),
    })
    .nullish(),
  segments: z.object({ loss: z.string(), compared: z.number(), found: z.number(), segments: z.array(segmentSchema) }).optional(),
})
export type Fresh = z.infer<typeof freshSchema>

export function readFresh(value: unknown): Fresh | null {
  return value === null || value === undefined ? null : freshSchema.parse(value)
}

export function calibrationBins({ bins }: Reliability): CalibrationBin[] {
  return bins.map(({ rows, mean_probability, rate, low, high }) => ({ rows, said: mean_probability, rate, low, high }))
}
