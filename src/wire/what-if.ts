import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { jsonValueSchema } from './json-value.ts'

const probability = z.number().min(0).max(1)
const columnName = z.string().min(1).max(10_000)
const cost = z.number().gt(0).max(1e12)
const number = z.number().min(-1e300).max(1e300)

/** The most rows over which one budget is spent. */
export const mostBudgetRows = 2_000

/** What is to be reached: exactly one of the three. */
export const whatIfTargetSchema = z
  .object({
    /** Predict this class. */
    class: z.string().max(10_000).nullish(),
    /** A probability: of the positive class, or of the one that is named. */
    probability: z.object({ of: z.string().max(10_000).nullish(), at_least: probability.nullish(), at_most: probability.nullish() }).nullish(),
    /** A predicted number. */
    value: z.object({ at_least: number.nullish(), at_most: number.nullish() }).nullish(),
  })
  .meta({ id: 'WhatIfTarget' })
export type WhatIfTargetBody = z.infer<typeof whatIfTargetSchema>

const moveSchema = z.enum(['up', 'down', 'any'])

/** What may be done to a column, and for how much. */
export const columnRuleSchema = z
  .object({
    direction: z.enum(['up', 'down']).nullish(),
    /** Of a number; where they are not said, the range of the training rows holds. */
    min: number.nullish(),
    max: number.nullish(),
    /** New values are multiples of it; where it is not said, the resolution of the training rows holds. */
    step: z.number().min(1e-9).max(1e300).nullish(),
    /** Allowed levels; where they are not said, those of the training rows. */
    levels: z.array(z.string().max(10_000)).max(1_000).nullish(),
    /** Levels from low to high: what `direction` means. */
    order: z.array(z.string().max(10_000)).max(1_000).nullish(),
    cost: z
      .object({
        per_unit: cost.nullish(),
        per_change: cost.nullish(),
        levels: z.record(z.string(), cost).nullish(),
      })
      .nullish(),
  })
  .meta({ id: 'ColumnRule' })
export type ColumnRuleBody = z.infer<typeof columnRuleSchema>

const rulesShape = {
  /** Raw columns that may be changed. Where it is absent, all that the model reads but the immutable ones. */
  actionable: z.array(columnName).max(1_000).nullish(),
  /** Raw columns that are never changed. One of `actionable` and `immutable` has to be given. */
  immutable: z.array(columnName).max(1_000).nullish(),
  columns: z.record(z.string(), columnRuleSchema).nullish(),
  /** Where one column moves so, another one has to move too, by so much at least. */
  conditions: z
    .array(z.object({ column: columnName, moves: moveSchema, needs: z.object({ column: columnName, moves: moveSchema, by: z.number().min(0).max(1e300).nullish() }) }))
    .max(100)
    .nullish(),
  /** Most columns that may change in one row. */
  max_changes: z.int().min(1).max(1_000).nullish(),
  /** A bin with fewer training rows is warned of. */
  min_support: z.int().min(0).max(1_000_000).nullish().meta({ default: 30 }),
  /** Of two classes: from which probability on a row is called positive; the model's own where it is not said. */
  threshold: probability.nullish(),
}

const rawRow = z.unknown().meta({ type: 'object' })

export const whatIfBodySchema = z
  .object({
    row: rawRow,
    /** Of two classes the other prediction where it is not said. */
    target: whatIfTargetSchema.nullish(),
    ...rulesShape,
    alternatives: z.int().min(1).max(10).nullish().meta({ default: 3 }),
  })
  .meta({ id: 'WhatIf' })
export type WhatIfBody = z.output<typeof whatIfBodySchema>
export type WhatIfInput = z.input<typeof whatIfBodySchema>

export const whatIfBudgetBodySchema = z
  .object({
    /** The rows themselves, or a stored dataset. */
    rows: z.array(rawRow).max(mostBudgetRows).nullish(),
    dataset_id: idSchema.nullish(),
    budget: z.number().gt(0).max(1e15),
    /** `rows`: as many rows as can be reach the target. `figure`: the figure of the target moves as much as can be, over all rows. */
    unit: z.enum(['rows', 'figure']),
    target: whatIfTargetSchema,
    ...rulesShape,
  })
  .meta({ id: 'WhatIfBudget' })
export type WhatIfBudgetBody = z.output<typeof whatIfBudgetBodySchema>
export type WhatIfBudgetInput = z.input<typeof whatIfBudgetBodySchema>

const predictionShape = {
  pred: z.union([z.string(), z.number()]),
  /** Of the positive class, or of the one that is predicted; classification only. */
  proba: z.number().optional(),
  /** The figure that the target speaks of. */
  figure: z.number(),
}

const changedRowSchema = z
  .object({
    changes: z.array(z.object({ column: z.string(), from: jsonValueSchema, to: jsonValueSchema, cost: z.number() })),
    cost: z.number(),
    ...predictionShape,
    warnings: z.array(z.object({ kind: z.enum(['outside_training_range', 'unseen_level', 'few_training_rows']), columns: z.array(z.string()), rows: z.int().nullable(), text: z.string() })),
  })
  .meta({ id: 'ChangedRow' })
export type ChangedRowAnswer = z.infer<typeof changedRowSchema>

export const whatIfAnswerSchema = z
  .object({
    version_id: idSchema,
    target: z.string(),
    status: z.enum(['reached', 'already_there', 'unreachable', 'not_found']),
    /** What was found, in a sentence. */
    text: z.string(),
    base: z.object(predictionShape),
    /** The cheapest first; each changes no set of columns that holds all of an earlier one's. */
    alternatives: z.array(changedRowSchema),
    /** Where nothing reaches the target: what comes nearest of what was found. */
    nearest: changedRowSchema.nullable(),
    proof: z.object({
      /** `exact`: nothing else is cheaper; `candidates`: nothing among the values that were tried; `stopped`: the work ran out. */
      kind: z.enum(['exact', 'candidates', 'stopped']),
      least_cost: z.number().nullable(),
      steps: z.int(),
    }),
    /** Columns that the model reads and that were not changed, with the reason. */
    held: z.array(z.object({ column: z.string(), reason: z.string() })),
    costs: z.array(z.object({ column: z.string(), per_unit: z.number().nullable(), per_change: z.number().nullable(), source: z.string() })),
  })
  .meta({ id: 'WhatIfAnswer' })
export type WhatIfAnswer = z.infer<typeof whatIfAnswerSchema>

export const whatIfBudgetAnswerSchema = z
  .object({
    version_id: idSchema,
    target: z.string(),
    text: z.string(),
    budget: z.number(),
    cost: z.number(),
    gain: z.number(),
    /** No choice among the changes that were found gains more within the budget. */
    bound: z.number(),
    optimal: z.boolean(),
    /** The rows that get a change, in their order. */
    rows: z.array(z.object({ index: z.int(), gain: z.number(), figure_before: z.number(), changed: changedRowSchema })),
    counts: z.object({ looked_at: z.int(), already_there: z.int(), without_offer: z.int(), changed: z.int() }),
  })
  .meta({ id: 'WhatIfBudgetAnswer' })
export type WhatIfBudgetAnswer = z.infer<typeof whatIfBudgetAnswerSchema>
