import { z } from 'zod'

const measured = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })

const reliabilitySchema = z.object({
  bins: z.array(z.object({ rows: z.number(), mean_probability: z.number(), rate: z.number(), low: z.number(), high: z.number() })),
  brier: z.number().nullish(),
  expected_error: z.number().nullish(),
  slope: z.number().nullish(),
  intercept: z.number().nullish(),
})
export type Reliability = z.infer<typeof reliabilitySchema>

const candidateSchema = z.object({
  trainer: z.string(),
  title: z.string(),
  terms: z.number(),
  /** Absent in evaluations from before there were trees. */
  trees: z.number().nullish(),
  cv: z.record(z.string(), measured),
  evidence: z.array(z.object({ label: z.string(), text: z.string() })),
  risks: z.array(z.string()),
})
export type BoardCandidate = z.infer<typeof candidateSchema>

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() })

const residualPlotsSchema = z.object({
  predicted_actual: z.array(z.object({ predicted: z.number(), actual: z.number() })),
  deciles: z.array(z.object({ rows: z.number(), mean_predicted: z.number(), mean_actual: z.number(), mean_residual: estimate.nullable(), root_mean_square: z.number() })),
  quantile_pairs: z.array(z.object({ expected: z.number(), observed: z.number() })),
  histogram: z.array(z.object({ from: z.number().nullable(), to: z.number().nullable(), rows: z.number() })),
})
export type ResidualPlots = z.infer<typeof residualPlotsSchema>

const segmentsSchema = z.object({
  loss: z.string(),
  found: z.number(),
  compared: z.number(),
  rows: z.number(),
  metrics: z.record(z.string(), z.number()),
  segments: z.array(
    z.object({ name: z.string(), rows: z.number(), loss: z.number(), other_loss: z.number(), difference: estimate, bias: z.number().nullable(), metrics: z.record(z.string(), z.number()) }),
  ),
})
export type Segments = z.infer<typeof segmentsSchema>

const share = z.object({ share: z.number(), value: z.number() })

/** What a report reads of the evaluation that training keeps; more may be in it. */
export const evaluationSchema = z.object({
  trainer: z.string(),
  board: z.object({
    metric: z.string(),
    recommended: z.string().nullish(),
    reason: z.string(),
    folds: z.array(z.object({ train_rows: z.number(), test_rows: z.number() })),
    candidates: z.array(candidateSchema),
  }),
  test: z.object({ resamples: z.number(), interval: z.string() }),
  confusion: z.object({ classes: z.array(z.string()), counts: z.array(z.array(z.number())) }).nullish(),
  class_table: z
    .array(z.object({ class: z.string(), rows: z.number(), called: z.number(), precision: z.number().nullable(), recall: measured.nullable(), f1: z.number() }))
    .nullish(),
  reliability: reliabilitySchema.nullish(),
  curves: z.array(z.object({ threshold: z.number(), true_positive_rate: z.number(), false_positive_rate: z.number(), precision: z.number().nullable() })).nullish(),
  thresholds: z
    .array(z.object({ threshold: z.number(), true_positives: z.number(), false_positives: z.number(), true_negatives: z.number(), false_negatives: z.number() }))
    .nullish(),
  calibration: z.object({ kind: z.string(), candidates: z.array(z.object({ kind: z.string(), text: z.string() })).nullish() }),
  threshold: z.object({ value: z.number(), reason: z.string().nullable() }).nullish(),
  /** What was not in evaluations of earlier versions is nullish. */
  segments: segmentsSchema.nullish(),
  residual_plots: residualPlotsSchema.nullish(),
  lift: z
    .array(z.object({ rows: z.number(), lowest_probability: z.number(), positives: z.number(), rate: estimate, lift: z.number().nullable(), row_share: z.number(), gain: z.number().nullable(), cumulative_lift: z.number().nullable() }))
    .nullish(),
  score_histogram: z.array(z.object({ from: z.number(), to: z.number(), negatives: z.number(), positives: z.number() })).nullish(),
  one_against_rest: z
    .array(z.object({ class: z.string(), rows: z.number(), called: z.number(), auc: z.number().nullable(), average_precision: z.number().nullable(), brier: z.number(), bias: z.number() }))
    .nullish(),
  residuals: z
    .object({ rows: z.number(), mean: z.number(), deviation: z.number(), quantiles: z.array(share), within: z.array(share) })
    .nullish(),
})
export type Evaluation = z.infer<typeof evaluationSchema>
