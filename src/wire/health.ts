import { z } from 'zod'

/** Whether the server can serve: each check by name. */
export const healthAnswerSchema = z
  .object({ status: z.literal('ok'), checks: z.record(z.string(), z.boolean()) })
  .meta({ id: 'Health' })
export type HealthAnswer = z.infer<typeof healthAnswerSchema>

/** Prometheus reads it; it is no JSON. */
export const metricsTextSchema = z.string()

/** What the database knows of the whole server. */
export interface ServerFigures {
  readonly runs: Readonly<Record<string, number>>
  /** Runs that have a next step, and how many of them a worker holds. */
  readonly runs_owed: number
  readonly runs_held: number
  /** Jobs that have not ended, by kind. */
  readonly jobs: Readonly<Record<string, number>>
  readonly deployments: Readonly<Record<'active' | 'inactive' | 'stopped', number>>
}
