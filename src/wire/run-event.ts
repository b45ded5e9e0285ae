import { z } from 'zod'
import { phaseNameSchema, runStatuses } from '#core/phase-names'
import { jsonObjectSchema } from './json-value.ts'
import { queryIntegerSchema } from './query-value.ts'
import { timestampSchema } from './timestamp.ts'

export const runEventTypes = [
  'run-created',
  'run-started',
  'phase-started',
  'decision-opened',
  'decision-made',
  'outcome-reached',
  'phase-skipped',
  'phase-failed',
  'run-paused',
  'run-resumed',
  'run-cancelled',
  'run-completed',
  'run-deleted',
] as const

/** Where to go on: events after this number. The header Last-Event-ID, which a stream resumes by, counts before it. */
export const runEventsQuerySchema = z.object({ after: queryIntegerSchema({ min: 0, max: 2 ** 31 - 1 }).optional() })
export type RunEventsQuery = z.infer<typeof runEventsQuerySchema>

/** An event of the log of a run; its number is the id of the frame. */
export const loggedRunEventSchema = z
  .object({
    seq: z.int().min(1),
    type: z.enum(runEventTypes),
    at: timestampSchema,
    actor: z.object({ kind: z.enum(['key', 'policy', 'timeout', 'engine']), name: z.string() }),
    phase: phaseNameSchema.nullable(),
    payload: jsonObjectSchema,
  })
  .meta({ id: 'RunEvent' })
export type LoggedRunEvent = z.infer<typeof loggedRunEventSchema>

/** How far the run is at the moment; it has no number and is not sent again. */
export const runProgressEventSchema = z
  .object({
    type: z.literal('progress'),
    /** Of the whole run, from 0 to 1. */
    progress: z.number().min(0).max(1),
    phase: phaseNameSchema.nullable(),
    message: z.string().nullable(),
  })
  .meta({ id: 'RunProgressEvent' })
export type RunProgressEvent = z.infer<typeof runProgressEventSchema>

/** The last frame: the run has ended and everything was sent. */
export const runStreamEndSchema = z
  .object({ type: z.literal('end'), status: z.enum([...runStatuses, 'deleted']) })
  .meta({ id: 'RunStreamEnd' })
export type RunStreamEnd = z.infer<typeof runStreamEndSchema>

export const runStreamFrameSchema = z.discriminatedUnion('type', [loggedRunEventSchema, runProgressEventSchema, runStreamEndSchema])
export type RunStreamFrame = z.infer<typeof runStreamFrameSchema>
