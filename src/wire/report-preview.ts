import { z } from 'zod'
import { queryIntegerSchema } from './query-value.ts'

/** What a preview is asked for, as an answer to the decision would say it. */
export const reportPreviewQuerySchema = z.object({
  /** Which of the offered reports; the first where it is not said. */
  choice_index: queryIntegerSchema({ min: 0, max: 100 }).default(0),
  title: z.string().max(200).optional(),
  /** Chapters, with commas between. */
  sections: z.string().max(2_000).optional(),
  max_features: queryIntegerSchema({ min: 0, max: 10_000 }).optional(),
})
export type ReportPreviewQuery = z.infer<typeof reportPreviewQuerySchema>
