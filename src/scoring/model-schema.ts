import { z } from 'zod'
import { taskNameSchema } from '#core/run-settings'
import type { Model } from '#ml/model'

const numbers = z.array(z.number())
const byOutput = z.array(numbers)

const termBase = { feature: z.string(), missing: numbers, missingWeight: z.number(), importance: z.number() }
const curve = { scores: byOutput, deviation: byOutput, weight: numbers }

const numericTermSchema = z.strictObject({
  ...termBase,
  ...curve,
  kind: z.literal('numeric'),
  edges: numbers,
  monotone: z.enum(['increasing', 'decreasing']).exactOptional(),
})

const categoryTermSchema = z.strictObject({
  ...termBase,
  ...curve,
  kind: z.literal('category'),
  levels: z.array(z.string()),
  bins: z.array(z.int()),
  unseen: numbers,
  unseenWeight: z.number(),
})

const slopeTermSchema = z.strictObject({
  ...termBase,
  kind: z.literal('slope'),
  mean: z.number(),
  scale: z.number(),
  slope: numbers,
  shift: numbers,
})

/** A fitted model as it lies in a scorer. */
export const modelSchema: z.ZodType<Model> = z.strictObject({
  format: z.literal('signalbox-model'),
  version: z.literal(1),
  trainer: z.enum(['glassbox-main', 'linear', 'dummy']),
  task: taskNameSchema,
  link: z.enum(['logit', 'softmax', 'identity', 'log']),
  classes: z.array(z.string()).exactOptional(),
  intercepts: numbers.min(1),
  terms: z.array(z.discriminatedUnion('kind', [numericTermSchema, categoryTermSchema, slopeTermSchema])),
  logScale: z.strictObject({ low: z.number(), high: z.number(), smear: z.number() }).exactOptional(),
  training: z.strictObject({
    rows: z.int(),
    seed: z.int(),
    rounds: z.array(z.int()).exactOptional(),
    lambda: z.number().exactOptional(),
  }),
})

/** How scores become calibrated probabilities. */
export const calibrationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('identity') }),
  z.strictObject({ kind: z.literal('platt'), slope: z.number(), intercept: z.number() }),
  z.strictObject({ kind: z.literal('isotonic'), scores: numbers.min(1), probabilities: numbers.min(1) }),
])
