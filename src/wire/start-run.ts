import { z } from 'zod'
import { runStatuses } from '#core/phase-names'
import { taskNameSchema } from '#core/run-settings'
import { idSchema } from './identifier.ts'
import { testRowsInputSchema } from './test-rows.ts'

/** Phases are checked by the service, which tells an unknown one from one that is not offered. */
const phaseListSchema = z.array(z.string().max(100)).max(100)

export const startRunBodySchema = z
  .object({
    model_name: z.string().min(1).max(500),
    model_description: z.string().max(10_000).nullish().meta({ default: '' }),
    auto_mode: z.boolean().nullish().meta({ default: false }),
    /** Absent: every planned phase asks. */
    require_approval: phaseListSchema.nullish(),
    auto_apply_safe_features: z.boolean().nullish().meta({ default: true }),
    auto_deploy: z.boolean().nullish().meta({ default: false }),
    /** A run opened by summarize or POST /v1/runs. */
    run_id: idSchema.nullish(),
    user_query: z.string().max(10_000).nullish(),
    phase_plan: phaseListSchema.nullish(),
    /** `xgm` compares all trainers, `xplainable` takes main effects only. */
    algorithm: z.enum(['xgm', 'xplainable']).nullish().meta({ default: 'xgm' }),
    dataset_id: idSchema.nullish(),
    /** The column to predict, as it stands in the header. */
    target: z.string().min(1).max(10_000).nullish(),
    task: taskNameSchema.nullish(),
    test: testRowsInputSchema.nullish(),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31)
      .nullish()
      .meta({ default: 1 }),
    decision_timeout_seconds: z
      .number()
      .positive()
      .max(366 * 86_400)
      .nullish(),
  })
  .meta({ id: 'StartRun' })
export type StartRunBody = z.output<typeof startRunBodySchema>
/** The same as a client may write it. */
export type StartRunInput = z.input<typeof startRunBodySchema>

export const startRunAnswerSchema = z
  .object({ run_id: idSchema, status: z.enum(runStatuses) })
  .meta({ id: 'StartedRun' })
export type StartRunAnswer = z.infer<typeof startRunAnswerSchema>
