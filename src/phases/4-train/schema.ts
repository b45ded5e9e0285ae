import { z } from 'zod'
import { hashSchema } from '#core/hash'
import { taskNameSchema } from '#core/run-settings'
import { shapeEditSchema } from '#scoring/edit-schema'
import { trainerNames } from './trainers.ts'

const positive = z.number().positive().max(1e9)

/** The settings that a custom answer may give; an unknown key is refused by its name. */
export const settingsSchema = z.strictObject({
  trainer: z.enum(trainerNames).optional().describe('Which trainer to use.'),
  bags: z.int().min(2).max(32).optional().describe('Glass box: how many models are averaged.'),
  pairs: z
    .int()
    .min(0)
    .max(200)
    .optional()
    .describe('Glass box with pairs: the most pairs of columns; without it as many as the size of the table allows.'),
  bins: z
    .int()
    .min(4)
    .max(254)
    .optional()
    .describe('Glass box: steps of a curve over a number with many distinct values.'),
  leaves: z
    .int()
    .min(2)
    .max(256)
    .optional()
    .describe('Glass box (at most 16) and trees: leaves of one tree.'),
  learning_rate: z.number().min(0.001).max(1).optional().describe('Glass box and trees: how much one round adds.'),
  max_rounds: z.int().min(1).max(10_000).optional().describe('Glass box: the most rounds in a bag. Trees: the rounds.'),
  smoothing_rounds: z.int().min(0).max(2_000).optional().describe('Glass box: first rounds that cut at random places.'),
  scale: z
    .enum(['identity', 'log'])
    .optional()
    .describe('Glass box, regression: add up the value itself or its logarithm.'),
  penalty: z.number().min(0).max(1e9).optional().describe('Linear: penalty on standardised columns.'),
  l1_ratio: z.number().min(0).max(1).optional().describe('Linear: share of the penalty that is L1; 0 is ridge, 1 is lasso.'),
  rows_per_leaf: z.int().min(1).max(1_000_000).optional().describe('Trees: rows that a leaf must have.'),
  calibrate: z.boolean().optional().describe('False keeps the scores as the model gives them.'),
  threshold: z.number().min(0).max(1).optional().describe('Binary: call a row positive from this probability on.'),
  cost: z
    .strictObject({ false_positive: positive, false_negative: positive })
    .optional()
    .describe('Binary: what the two mistakes cost; sets the threshold.'),
  edits: z
    .array(shapeEditSchema)
    .max(200)
    .optional()
    .describe('Glass boxes and linear: changes of the fitted shapes, made in this order after the fit.'),
})
export type TrainingSettings = z.infer<typeof settingsSchema>

export const directionSchema = z.enum(['increasing', 'decreasing'])
export const directionsSchema = z.record(z.string(), directionSchema)
export type Directions = z.infer<typeof directionsSchema>

/** What was decided: everything a fit depends on, and where its measures lie if they were taken for the proposal. */
export const trainingDecisionSchema = z.strictObject({
  trainer: z.enum(trainerNames),
  features: z.array(z.string()),
  settings: settingsSchema.omit({ trainer: true }),
  monotone: directionsSchema,
  /** Blob of the comparison that was shown. */
  board: hashSchema,
  /** Blob of the fit and the out-of-fold scores of exactly this plan; null where it was not measured yet. */
  measured: hashSchema.nullable(),
  /** Set where a retrain makes the edits of its parent again: one that no longer fits is told and left out. */
  replayed: z.literal(true).exactOptional(),
})
export type TrainingDecision = z.infer<typeof trainingDecisionSchema>

const featureSchema = z.strictObject({ name: z.string(), kind: z.enum(['numeric', 'category']) })
export type Feature = z.infer<typeof featureSchema>

/** What reading an answer needs to know of the proposal. */
export const basisSchema = z.strictObject({
  task: taskNameSchema,
  features: z.array(featureSchema),
  /** In the order of the options. */
  trainers: z.array(z.enum(trainerNames)),
  /** Directions that apply unless the answer gives others. */
  monotone: directionsSchema,
  board: hashSchema,
  measured: z.array(
    z.strictObject({
      trainer: z.enum(trainerNames),
      monotone: directionsSchema,
      blob: hashSchema,
      /** Terms that can be edited; absent in proposals from before that was possible. */
      terms: z
        .array(z.strictObject({ features: z.array(z.string()), kind: z.enum(['numeric', 'category', 'slope', 'pair']) }))
        .exactOptional(),
    }),
  ),
})
export type Basis = z.infer<typeof basisSchema>
