import { z } from 'zod'
import { runStatuses } from '#core/phase-names'
import { idSchema } from './identifier.ts'
import { queryIntegerSchema } from './query-value.ts'
import { timestampSchema } from './timestamp.ts'

/** POST /v1/runs: opens a run that start_run can start later. */
export const openRunBodySchema = z
  .object({
    team_id: idSchema,
    /** Accepted for the sake of existing clients; who did it is told by the key. */
    user_id: z.string().max(500),
    run_id: idSchema.nullish(),
    model_id: idSchema.nullish(),
    name: z.string().max(500).nullish(),
    metadata: z.object({ dataset_id: idSchema.nullish() }).nullish(),
  })
  .meta({ id: 'OpenRun' })
export type OpenRunBody = z.infer<typeof openRunBodySchema>

export const openRunAnswerSchema = z.object({ run_id: idSchema }).meta({ id: 'OpenedRun' })
export type OpenRunAnswer = z.infer<typeof openRunAnswerSchema>

/** A run as the plain run routes list it; GET /v1/agentic/runs/{id} tells all. */
export const runRecordSchema = z
  .object({
    run_id: idSchema,
    name: z.string(),
    model_id: idSchema.nullable(),
    dataset_id: idSchema.nullable(),
    status: z.enum(runStatuses),
    created: timestampSchema,
    team_id: idSchema,
    metadata: z.object({ dataset_id: idSchema.nullable() }),
  })
  .meta({ id: 'RunRecord' })
export type RunRecord = z.infer<typeof runRecordSchema>

export const runRecordListSchema = z.array(runRecordSchema)
export type RunRecordList = z.infer<typeof runRecordListSchema>

export const teamRunsQuerySchema = z.object({
  limit: queryIntegerSchema({ min: 1, max: 1_000 }).default(50),
  offset: queryIntegerSchema({ min: 0, max: 2 ** 31 }).default(0),
  model_id: idSchema.optional(),
})
export type TeamRunsQuery = z.infer<typeof teamRunsQuerySchema>
