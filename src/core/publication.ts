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
})
export type Publication = z.infer<typeof publicationSchema>

/** What a phase asks to publish, before the engine gives it its ids. */
export const publishingSchema = publicationSchema.pick({ kind: true, content: true })
export type Publishing = z.infer<typeof publishingSchema>
