import { z } from 'zod'

const numbers = z.array(z.number())
const byOutput = z.array(numbers)
const directionSchema = z.enum(['increasing', 'decreasing'])

const ofOneFeature = { feature: z.string(), missing: numbers, missingWeight: z.number(), importance: z.number() }
const curve = { scores: byOutput, deviation: byOutput, weight: numbers }

/** A curve over a number in a model of version 1. */
export const plainNumericTermSchema = z.strictObject({
  ...ofOneFeature,
  ...curve,
  kind: z.literal('numeric'),
  edges: numbers,
  monotone: directionSchema.exactOptional(),
})

/** Scores of levels in a model of version 1. */
export const plainCategoryTermSchema = z.strictObject({
  ...ofOneFeature,
  ...curve,
  kind: z.literal('category'),
  levels: z.array(z.string()),
  bins: z.array(z.int()),
  unseen: numbers,
  unseenWeight: z.number(),
})

/** A line in a model of version 1. */
export const plainSlopeTermSchema = z.strictObject({
  ...ofOneFeature,
  kind: z.literal('slope'),
  mean: z.number(),
  scale: z.number(),
  slope: numbers,
  shift: numbers,
})

const interval = { importanceInterval: z.tuple([z.number(), z.number()]).exactOptional() }
const band = { lower: byOutput.exactOptional(), upper: byOutput.exactOptional() }
const ordered = { ordered: z.boolean().exactOptional(), monotone: directionSchema.exactOptional() }

export const numericTermSchema = plainNumericTermSchema.extend({ ...interval, ...band })
export const categoryTermSchema = plainCategoryTermSchema.extend({ ...interval, ...band, ...ordered })
export const slopeTermSchema = plainSlopeTermSchema.extend(interval)

const axisSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('numeric'), feature: z.string(), edges: numbers, monotone: directionSchema.exactOptional() }),
  z.strictObject({
    kind: z.literal('category'),
    feature: z.string(),
    levels: z.array(z.string()),
    slots: z.array(z.int()),
    unseen: z.int(),
    size: z.int().min(1),
    ...ordered,
  }),
])

/** Scores of the cells of two features. */
export const pairTermSchema = z.strictObject({
  kind: z.literal('pair'),
  axes: z.tuple([axisSchema, axisSchema]),
  importance: z.number(),
  ...interval,
  ...curve,
  ...band,
})
