import { z } from 'zod'
import { taskNameSchema } from '#core/run-settings'
import type { Model } from '#ml/model'
import { shapeEditSchema } from './edit-schema.ts'
import { faultsOfModel } from './model-faults.ts'
import { categoryTermSchema, numericTermSchema, pairTermSchema, plainCategoryTermSchema, plainNumericTermSchema, plainSlopeTermSchema, slopeTermSchema } from './term-schema.ts'

const numbers = z.array(z.number())
const counts = z.array(z.int())

const common = {
  format: z.literal('signalbox-model'),
  task: taskNameSchema,
  link: z.enum(['logit', 'softmax', 'identity', 'log']),
  classes: z.array(z.string()).exactOptional(),
  intercepts: numbers.min(1),
  logScale: z.strictObject({ low: z.number(), high: z.number(), smear: z.number() }).exactOptional(),
}

const training = { rows: z.int(), seed: z.int(), rounds: counts.exactOptional(), lambda: z.number().exactOptional() }

/** Models from before pairs, bands, trees and losses. */
const firstVersionSchema = z.strictObject({
  ...common,
  version: z.literal(1),
  trainer: z.enum(['glassbox-main', 'linear', 'dummy']),
  terms: z.array(z.discriminatedUnion('kind', [plainNumericTermSchema, plainCategoryTermSchema, plainSlopeTermSchema])),
  training: z.strictObject(training),
})

const lossSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['squared', 'poisson', 'gamma']) }),
  z.strictObject({ kind: z.literal('quantile'), level: z.number().gt(0).lt(1) }),
])

const forestFeatureSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('numeric'), feature: z.string() }),
  z.strictObject({ kind: z.literal('category'), feature: z.string(), levels: z.array(z.string()) }),
])

const treeSchema = z.strictObject({
  feature: counts,
  threshold: z.array(z.number().nullable()),
  levels: z.array(counts.nullable()),
  missingLeft: z.array(z.boolean()),
  left: counts,
  right: counts,
  value: numbers,
  weight: numbers,
})

const termSchema = z.discriminatedUnion('kind', [numericTermSchema, categoryTermSchema, slopeTermSchema, pairTermSchema])

const uneditedSchema = z.strictObject({
  version: z.literal([1, 2]),
  intercepts: numbers,
  terms: z.array(z.strictObject({ place: z.int().min(0), term: termSchema })),
})

const secondVersionSchema = z.strictObject({
  ...common,
  version: z.literal(2),
  trainer: z.enum(['glassbox', 'glassbox-main', 'linear', 'trees', 'dummy']),
  loss: lossSchema.exactOptional(),
  terms: z.array(termSchema),
  forest: z.strictObject({ features: z.array(forestFeatureSchema), trees: z.array(z.array(treeSchema)), importance: numbers }).exactOptional(),
  training: z.strictObject({ ...training, pairRounds: counts.exactOptional(), l1Ratio: z.number().min(0).max(1).exactOptional() }),
  edits: z.array(shapeEditSchema).min(1).exactOptional(),
  unedited: uneditedSchema.exactOptional(),
})

/** A fitted model as it lies in a scorer, with everything that a reader relies on. */
export const modelSchema: z.ZodType<Model> = z
  .discriminatedUnion('version', [firstVersionSchema, secondVersionSchema])
  .superRefine((model, context) => {
    for (const { path, message } of faultsOfModel(model)) context.addIssue({ code: 'custom', path: [...path], message })
  })

/** How scores become calibrated probabilities. */
export const calibrationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('identity') }),
  z.strictObject({ kind: z.literal('platt'), slope: z.number(), intercept: z.number() }),
  z.strictObject({ kind: z.literal('isotonic'), scores: numbers.min(1), probabilities: numbers.min(1) }),
])
