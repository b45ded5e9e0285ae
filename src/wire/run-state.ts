import { z } from 'zod'
import { modelComparisonSchema } from '#core/model-comparison'
import { phaseNameSchema, runStatuses } from '#core/phase-names'
import { taskNameSchema, testRowsSchema } from '#core/run-settings'
import { idSchema } from './identifier.ts'
import { timestampSchema } from './timestamp.ts'

/** What the run was started with, named as in start_run. */
export const runSettingsAnswerSchema = z
  .object({
    phase_plan: z.array(phaseNameSchema),
    require_approval: z.array(phaseNameSchema),
    auto_mode: z.boolean(),
    auto_apply_safe_features: z.boolean(),
    auto_deploy: z.boolean(),
    algorithm: z.enum(['xgm', 'xplainable']),
    user_query: z.string().nullable(),
    target: z.string().nullable(),
    task: taskNameSchema.nullable(),
    test: testRowsSchema,
    seed: z.int(),
    decision_timeout_seconds: z.number().nullable(),
  })
  .meta({ id: 'RunSettings' })
export type RunSettingsAnswer = z.infer<typeof runSettingsAnswerSchema>

export const runComparisonSchema = modelComparisonSchema.meta({ id: 'ModelComparison' })
export type RunComparison = z.infer<typeof runComparisonSchema>

export const runResultsSchema = z
  .object({
    /** Of the sealed test rows, by metric name; empty before training. */
    metrics: z.record(z.string(), z.number()),
    /** Bootstrap 95 % intervals of the same metrics, where one was made. */
    metric_intervals: z.record(z.string(), z.tuple([z.number(), z.number()])),
    model_id: idSchema.nullable(),
    version_id: idSchema.nullable(),
    model_hash: z.string().nullable(),
    deployment_id: idSchema.nullable(),
    report_id: idSchema.nullable(),
    monitor_id: idSchema.nullable(),
    /** Of a retrain: how its model stands against its parent's on the rows that the parent sealed. */
    comparison: runComparisonSchema.nullable(),
  })
  .meta({ id: 'RunResults' })
export type RunResults = z.infer<typeof runResultsSchema>

export const runErrorSchema = z
  .object({ code: z.string(), message: z.string(), suggestion: z.string() })
  .meta({ id: 'RunError' })
export type RunError = z.infer<typeof runErrorSchema>

export const runStateAnswerSchema = z
  .object({
    run_id: idSchema,
    name: z.string(),
    description: z.string(),
    status: z.enum(runStatuses),
    current_phase: phaseNameSchema.nullable(),
    /** From 0 to 1. */
    progress: z.number().min(0).max(1),
    message: z.string().nullable(),
    /** Null for a run that was opened without one. */
    dataset_id: idSchema.nullable(),
    parent_run_id: idSchema.nullable(),
    /** The name of the key that started it. */
    owner: z.string(),
    label: z.string().nullable(),
    task: taskNameSchema.nullable(),
    /** Null until the run is started. */
    settings: runSettingsAnswerSchema.nullable(),
    results: runResultsSchema,
    error: runErrorSchema.nullable(),
    created_at: timestampSchema,
    started_at: timestampSchema.nullable(),
    completed_at: timestampSchema.nullable(),
  })
  .meta({ id: 'Run' })
export type RunStateAnswer = z.infer<typeof runStateAnswerSchema>
