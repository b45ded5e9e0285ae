import { z } from 'zod'
import { columnSchema } from '#core/dataset'
import { leftOutSchema } from '#core/outcomes'
import { stepSpecSchema } from '#core/pipeline-spec'

/** The decision of data_preparation, complete in itself: the steps of this answer and the columns it leaves out. */
export const prepareDecisionSchema = z.strictObject({
  chosen: z.array(z.strictObject({ index: z.int().min(0), id: z.string(), title: z.string() })),
  steps: z.array(stepSpecSchema),
  left_out: z.array(leftOutSchema),
})
export type PrepareDecision = z.infer<typeof prepareDecisionSchema>

/** What reading an answer needs to know of the table. */
export const prepareBasisSchema = z.strictObject({
  /** The raw columns. */
  columns: z.array(columnSchema),
  /** Steps of the drafts before, which run first. */
  drafted: z.array(stepSpecSchema),
  target: z.string().nullable(),
})
export type PrepareBasis = z.infer<typeof prepareBasisSchema>
