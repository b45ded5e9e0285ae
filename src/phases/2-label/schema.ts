import { z } from 'zod'
import { columnSchema } from '#core/dataset'
import { leftOutSchema, splitSchema } from '#core/outcomes'
import { taskNameSchema, testRowsSchema } from '#core/run-settings'

/** Facts of a column that decide whether and how it can be predicted. */
export const columnFactsSchema = columnSchema.extend({
  missing: z.int(),
  distinct: z.int(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Whether all its numbers are whole. */
  whole: z.boolean(),
  /** Values as text with their rows, where there are at most 100. */
  classes: z.array(z.strictObject({ value: z.string(), rows: z.int() })).nullable(),
})
export type ColumnFacts = z.infer<typeof columnFactsSchema>

/** The decision of label_selection, by column id. */
export const labelDecisionSchema = z.strictObject({
  choice_index: z.int().min(0).nullable(),
  column: z.string(),
  name: z.string(),
  task: taskNameSchema,
  positive: z.string().nullable(),
  split: splitSchema,
  weight: z.string().nullable(),
  keep: z.array(z.string()),
})
export type LabelDecision = z.infer<typeof labelDecisionSchema>

/** What an option would decide, and what it leaves out. */
export const labelEffectSchema = labelDecisionSchema.omit({ choice_index: true }).extend({ left_out: z.array(leftOutSchema), classes: z.array(z.string()).nullable() })
export type LabelEffect = z.infer<typeof labelEffectSchema>

/** What reading an answer needs to know. */
export const labelBasisSchema = z.strictObject({
  rows: z.int(),
  columns: z.array(columnFactsSchema),
  left_out: z.array(leftOutSchema),
  test: testRowsSchema,
  /** The task that the run asks for. */
  task: taskNameSchema.nullable(),
})
export type LabelBasis = z.infer<typeof labelBasisSchema>
