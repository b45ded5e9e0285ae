import { z } from 'zod'
import { hashSchema } from './hash.ts'
import { phaseNameSchema } from './phase-names.ts'

export const taskNames = ['binary', 'multiclass', 'regression'] as const
export const taskNameSchema = z.enum(taskNames)
export type TaskName = z.infer<typeof taskNameSchema>

/** Which rows are sealed: a seeded share, or every row whose index among labelled rows is `index[1]` modulo `index[0]`. */
export const testRowsSchema = z.union([
  z.strictObject({ share: z.number().min(0.05).max(0.5).default(0.2), seed: z.int().min(0).max(2 ** 31).default(1) }),
  z.strictObject({ index: z.tuple([z.int().min(2).max(100), z.int().min(0).max(99)]).refine(([modulus, rest]) => rest < modulus, 'the second number must be below the first') }),
])
export type TestRows = z.infer<typeof testRowsSchema>

/** What a run was started with and may be kept in the chain: no free text, no column names. */
export const runSettingsSchema = z.strictObject({
  plan: z.array(phaseNameSchema).min(1),
  gates: z.array(phaseNameSchema),
  auto_mode: z.boolean(),
  auto_apply_safe_features: z.boolean(),
  auto_deploy: z.boolean(),
  algorithm: z.enum(['xgm', 'xplainable']),
  task: taskNameSchema.nullable(),
  test: testRowsSchema,
  seed: z.int().min(0).max(2 ** 31),
  decision_timeout_seconds: z.number().positive().max(366 * 86_400).nullable(),
  /** Of a retrain: the blob of what it repeats of its parent. */
  replay: hashSchema.exactOptional(),
})
export type RunSettings = z.infer<typeof runSettingsSchema>

/** The free text of a run. It lies in a blob so that it can be erased; the chain holds only its hash. */
export const runTextsSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  user_query: z.string().nullable(),
  target: z.string().nullable(),
})
export type RunTexts = z.infer<typeof runTextsSchema>
