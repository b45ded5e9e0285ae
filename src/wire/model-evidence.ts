import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { jsonObjectSchema, jsonValueSchema } from './json-value.ts'

const intervalSchema = z.tuple([z.number(), z.number()])
const byOutput = z.array(z.number())

/** One step of a curve, or the levels that share a score; scores by output, on the scale of the link. */
export const shapeStepSchema = z.object({
  from: z.number().nullable(),
  to: z.number().nullable(),
  levels: z.array(z.string()),
  scores: byOutput,
  /** Ends of the 95 % band. */
  lower: byOutput.nullable(),
  upper: byOutput.nullable(),
  rows: z.number(),
})

const shapeBase = { name: z.string(), features: z.array(z.string()), importance: z.number(), importance_interval: intervalSchema.nullable(), share: z.number() }
const apartSchema = z.object({ scores: byOutput, rows: z.number() })
const directionSchema = z.enum(['increasing', 'decreasing'])

export const curveShapeSchema = z
  .object({
    ...shapeBase,
    kind: z.enum(['numeric', 'category', 'slope']),
    monotone: directionSchema.nullable(),
    ordered: z.boolean(),
    steps: z.array(shapeStepSchema),
    missing: apartSchema,
    unseen: apartSchema.nullable(),
    /** Of a linear model: slope x (value - mean) + shift. */
    line: z.object({ slope: byOutput, mean: z.number(), shift: byOutput, deviation: z.number() }).nullable(),
  })
  .meta({ id: 'CurveShape' })
export type CurveShapeAnswer = z.infer<typeof curveShapeSchema>

const slotSchema = z.union([
  z.object({ kind: z.literal('missing') }),
  z.object({ kind: z.literal('range'), from: z.number().nullable(), to: z.number().nullable() }),
  z.object({ kind: z.literal('levels'), levels: z.array(z.string()), unseen: z.boolean() }),
  z.object({ kind: z.literal('unseen') }),
])

/** What a model says of two features together; cell = slot of the first x slots of the second + slot of the second. */
export const gridShapeSchema = z
  .object({ ...shapeBase, kind: z.literal('pair'), axes: z.tuple([z.object({ feature: z.string(), slots: z.array(slotSchema) }), z.object({ feature: z.string(), slots: z.array(slotSchema) })]), scores: z.array(byOutput), rows: z.array(z.number()) })
  .meta({ id: 'GridShape' })
export type GridShapeAnswer = z.infer<typeof gridShapeSchema>

const differenceSchema = z.object({
  metric: z.string(),
  title: z.string(),
  better: z.enum(['higher', 'lower']),
  /** Positive is better, whatever the measure. */
  difference: z.number(),
  interval: intervalSchema.nullable(),
  verdict: z.string(),
})
export type FoldDifferenceAnswer = z.infer<typeof differenceSchema>

/** A model as it was measured on training rows: its folds, its shapes, and what it said of rows that it had not learnt from. */
export const modelEvidenceSchema = z
  .object({
    trainer: z.string(),
    title: z.string(),
    monotone: z.record(z.string(), directionSchema),
    folds: z.int(),
    /** The mean of each measure over the folds. */
    metrics: z.record(z.string(), z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })),
    /** The same on the rows that it learnt from. */
    trained: z.record(z.string(), z.number()),
    calibration_error: z.number().nullable(),
    terms: z.int(),
    pairs: z.int(),
    trees: z.int(),
    link: z.enum(['logit', 'softmax', 'identity', 'log']),
    classes: z.array(z.string()).nullable(),
    intercepts: byOutput,
    shapes_are: z.enum(['terms', 'partial dependence']),
    shapes: z.array(z.union([curveShapeSchema, gridShapeSchema])),
    /** Curves, calibration, residuals and worst segments of the out-of-fold predictions, as in the evaluation of a version; null where they were not kept. */
    fresh: jsonObjectSchema.nullable(),
    /** Against the same trainer without directions; null where there is nothing to compare. */
    against: z.array(differenceSchema).nullable(),
  })
  .meta({ id: 'ModelEvidence' })
export type ModelEvidenceAnswer = z.infer<typeof modelEvidenceSchema>

/** A candidate as it is, and with the directions that the card proposes; null where it proposes none for it. */
export const candidateEvidenceSchema = z.object({ free: modelEvidenceSchema, held: modelEvidenceSchema.nullable() }).meta({ id: 'CandidateEvidence' })
export type CandidateEvidenceAnswer = z.infer<typeof candidateEvidenceSchema>

export const candidateParametersSchema = z.object({ id: idSchema, decision_id: idSchema, trainer: z.string().min(1).max(100) })

/** The shapes of a finished model, ready to be drawn; edits of a person are in them. */
export const modelShapesSchema = modelEvidenceSchema.pick({ link: true, classes: true, intercepts: true, shapes_are: true, shapes: true }).extend({ version_id: idSchema }).meta({ id: 'ModelShapes' })
export type ModelShapesAnswer = z.infer<typeof modelShapesSchema>

const editMetricSchema = z.object({ before: z.number(), after: z.number(), difference: z.number(), interval: intervalSchema })
const editEffectSchema = z.object({
  metrics: z.record(z.string(), editMetricSchema),
  /** Training rows whose score the edits move, and the same measures on them. */
  moved: z.object({ rows: z.int(), metrics: z.record(z.string(), editMetricSchema).nullable() }),
})
export type EditEffectAnswer = z.infer<typeof editEffectSchema>

/** What a decision of the training phase would come to. */
export const triedModelSchema = modelEvidenceSchema
  .extend({
    /** All edits together, measured on training rows; null where nothing is edited. */
    edits: editEffectSchema.extend({ applied: z.array(jsonValueSchema), rows: z.int() }).nullable(),
    /** The last edit against the model with all edits before it. */
    last_edit: editEffectSchema.nullable(),
    lost_directions: z.array(z.string()),
    notes: z.array(z.string()),
  })
  .meta({ id: 'TriedModel' })
export type TriedModelAnswer = z.infer<typeof triedModelSchema>

/** The parts of an answer that decide which model is fitted; the same fields as in submit_decision. */
export const tryModelBodySchema = z
  .object({
    choice_index: z.int().nullish(),
    custom_value: jsonValueSchema.nullish(),
    monotonic_constraints: z.record(z.string(), z.string()).nullish(),
    selected_features: z.array(z.string()).max(100_000).nullish(),
  })
  .meta({ id: 'TryModel' })
export type TryModelBody = z.infer<typeof tryModelBodySchema>

export const modelTrialSchema = z
  .object({
    trial_id: idSchema,
    status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    /** From 0 to 1, with what is being done. */
    progress: z.number(),
    message: z.string().nullable(),
    result: triedModelSchema.nullable(),
    error: z.object({ code: z.string(), message: z.string(), suggestion: z.string() }).nullable(),
  })
  .meta({ id: 'ModelTrial' })
export type ModelTrialAnswer = z.infer<typeof modelTrialSchema>

export const trialParametersSchema = z.object({ id: idSchema, trial_id: idSchema })
