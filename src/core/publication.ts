import { z } from 'zod'
import { hashSchema } from './hash.ts'

export const publicationKinds = ['model_version', 'deployment', 'report', 'monitor'] as const

/** Something an outcome makes visible outside its run; the row is written in the event's own transaction. */
export const publicationSchema = z.strictObject({
  kind: z.enum(publicationKinds),
  id: z.uuid(),
  /** The model that a version belongs to; the other kinds name it too. */
  model_id: z.uuid(),
  /** Blob that holds what is published. */
  content: hashSchema,
  /** Of a deployment: whether it answers at once, and from which probability on a row is called positive. */
  deployment: z.strictObject({ active: z.boolean(), threshold: z.number().nullable() }).optional(),
})
export type Publication = z.infer<typeof publicationSchema>

/** What a phase asks to publish, before the engine gives it its ids. */
export const publishingSchema = publicationSchema.pick({ kind: true, content: true, deployment: true })
export type Publishing = z.infer<typeof publishingSchema>
