import { z } from 'zod'
import { jsonValueSchema } from './json-value.ts'
import { idSchema } from './identifier.ts'

const columns = z.array(z.string().min(1).max(10_000)).max(10_000)

/** Training in one call: the label and the columns are said, and no decision is asked for. */
export const trainModelBodySchema = z
  .object({
    dataset_id: idSchema,
    target_column: z.string().min(1).max(10_000),
    model_name: z.string().min(1).max(500),
    model_description: z.string().max(10_000).nullish().meta({ default: '' }),
    /** A classification of two or of more classes is told apart by the values of the target. */
    model_type: z.enum(['classification', 'binary_classification', 'multiclass_classification', 'regression']),
    /** The only columns that the model may read; all usable ones where it is absent. */
    feature_columns: columns.nullish(),
    drop_columns: columns.nullish(),
    /** Its spec is applied to the table first. */
    preprocessor_version_id: idSchema.nullish(),
    /** By column: "increasing" or "decreasing", or 1 or -1. */
    monotonic_features: z.record(z.string(), jsonValueSchema).nullish(),
    test_size: z.number().min(0.05).max(0.5).nullish().meta({ default: 0.2 }),
    seed: z.int().min(0).max(2 ** 31).nullish().meta({ default: 1 }),
  })
  .meta({ id: 'TrainModel' })
export type TrainModelBody = z.output<typeof trainModelBodySchema>
export type TrainModelInput = z.input<typeof trainModelBodySchema>

const metrics = z.record(z.string(), z.number())

export const trainModelAnswerSchema = z
  .object({
    model_id: idSchema,
    version_id: idSchema,
    run_id: idSchema,
    /** Of cross-validation on the training rows: means over the folds. */
    train_metrics: metrics,
    /** Of the sealed rows. */
    test_metrics: metrics,
    feature_importances: metrics,
    n_train: z.int(),
    n_test: z.int(),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'TrainedModel' })
export type TrainModelAnswer = z.infer<typeof trainModelAnswerSchema>
