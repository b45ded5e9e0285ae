import { z } from 'zod'
import { columnSchema, tableSchema } from './dataset.ts'
import { hashSchema } from './hash.ts'
import { pipelineSpecSchema } from './pipeline-spec.ts'
import { taskNameSchema, testRowsSchema } from './run-settings.ts'

/** A sentence about a column that was kept out of the model's inputs, with what shows it. */
export const leftOutSchema = z.strictObject({
  column: z.string(),
  name: z.string(),
  reason: z.enum(['identifier', 'constant', 'free_text', 'proxy', 'asked', 'duplicate_column', 'empty', 'unsupported', 'chosen', 'reconstruction', 'noise']),
  text: z.string(),
})
export type LeftOut = z.infer<typeof leftOutSchema>

/** Outcome of data_preparation: `table` is the raw table after the steps of `spec` that do not wait. */
export const preparedSchema = z.strictObject({
  spec: pipelineSpecSchema,
  /** Ids of the last steps of `spec`, which learn from the rows, or stand behind one that does: they wait for the training rows. */
  waiting: z.array(z.string()).exactOptional(),
  table: tableSchema,
  /** Columns that no model should use as they are; they stay in the table, since one may be a label or a group. */
  left_out: z.array(leftOutSchema),
  /** Rows that repeat an earlier row in every column. */
  copies: z.int().min(0),
})
export type Prepared = z.infer<typeof preparedSchema>

export const splitSchema = z.strictObject({
  kind: z.enum(['random', 'group', 'time', 'index']),
  column: z.string().nullable(),
  test: testRowsSchema,
})
export type Split = z.infer<typeof splitSchema>

/**
 * Outcome of label_selection. `table` holds the labelled rows only: the prepared columns, and two columns made here,
 * `sealed` (boolean: a test row) and `group` (integer: rows with the same number stay on one side of every split).
 */
export const labelledSchema = z.strictObject({
  label: columnSchema,
  task: taskNameSchema,
  /** Labels as text in the order of the model's classes; null for regression. Of two, the second is the positive one. */
  classes: z.array(z.string()).nullable(),
  positive: z.string().nullable(),
  split: splitSchema,
  spec: pipelineSpecSchema,
  /** What the steps of `spec` learnt from the training rows, by step id, where one learns. */
  state: z.record(z.string(), z.json()).exactOptional(),
  table: tableSchema,
  sealed: z.string(),
  group: z.string(),
  /** Row order in time, where the split is by time. */
  time: z.string().nullable(),
  weight: columnSchema.nullable(),
  features: z.array(columnSchema),
  left_out: z.array(leftOutSchema),
  rows: z.strictObject({ labelled: z.int(), unlabelled: z.int(), train: z.int(), test: z.int(), copies: z.int(), copies_across: z.int(), /** Of a retrain on a new table: rows that equal a row which an earlier run sealed. */ held: z.int().exactOptional() }),
})
export type Labelled = z.infer<typeof labelledSchema>

const measured = z.strictObject({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })

/** Outcome of model_training. */
export const trainedSchema = z.strictObject({
  /** SHA-256 of the canonical JSON of pipeline and model: the blob that holds both. */
  model: hashSchema,
  trainer: z.string(),
  trainer_title: z.string(),
  label: z.string(),
  task: taskNameSchema,
  classes: z.array(z.string()).nullable(),
  positive: z.string().nullable(),
  features: z.array(z.string()),
  monotone: z.record(z.string(), z.enum(['increasing', 'decreasing'])),
  threshold: z.number().nullable(),
  /** By metric name, of the sealed test rows, with bootstrap 95 % intervals. */
  test_metrics: z.record(z.string(), measured),
  /** By metric name, the mean over folds of cross-validation on the training rows. */
  cv_metrics: z.record(z.string(), measured),
  /** The evaluation on the sealed rows: confusion, reliability, residuals, and the training board. */
  evaluation: hashSchema,
  /** Rows whose figures were looked at, and how often. */
  rows: z.strictObject({ train: z.int(), test: z.int(), looks: z.int() }),
  notes: z.array(z.string()),
})
export type Trained = z.infer<typeof trainedSchema>

/**
 * Outcome of feature_engineering: what label_selection reached, with the added features in `spec`, `table` and `features`
 * and the columns that were left out here in `left_out`. Training reads it in place of the labelled outcome.
 */
export const featuredSchema = labelledSchema.extend({
  added: z.array(z.strictObject({ name: z.string(), from: z.array(z.string()), kind: z.string(), text: z.string() })),
})
export type Featured = z.infer<typeof featuredSchema>

/** Outcome of model_deployment. */
export const deployedSchema = z.strictObject({
  /** What was made: a deployment that answers, one that does not yet, or none. */
  deployment: z.enum(['active', 'inactive', 'none']),
  /** Rejected where no deployment was wanted. */
  version: z.enum(['approved', 'rejected']),
  model: hashSchema,
  threshold: z.number().nullable(),
  /** Fairness by group and the checks that were made, as the card showed them. */
  evaluation: hashSchema,
})
export type Deployed = z.infer<typeof deployedSchema>

/** Outcome of report_creation: the same report in up to three formats, each a blob; null where it was not asked for. */
export const reportedSchema = z.strictObject({ title: z.string(), html: hashSchema.nullable(), markdown: hashSchema.nullable(), json: hashSchema.nullable() })
export type Reported = z.infer<typeof reportedSchema>

/** Outcome of monitoring_creation. */
export const monitoredSchema = z.strictObject({
  /** Blob: the reference profile and the settings of the tests, all that a check needs; null where none was wanted. */
  monitor: hashSchema.nullable(),
  columns: z.array(z.string()),
})
export type Monitored = z.infer<typeof monitoredSchema>
