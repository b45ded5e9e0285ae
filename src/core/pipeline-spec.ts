import { z } from 'zod'

/** One step of a pipeline: a transformer of the catalogue by name, on columns by display name. */
export const stepSpecSchema = z.strictObject({
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(100),
  columns: z.array(z.string()).optional(),
  params: z.record(z.string(), z.json()),
  description: z.string().max(2_000).optional(),
})
export type StepSpec = z.infer<typeof stepSpecSchema>

/** A pipeline as it goes over the wire. */
export const pipelineSpecSchema = z.strictObject({ version: z.literal('2.0'), steps: z.array(stepSpecSchema).max(1_000) })
export type PipelineSpec = z.infer<typeof pipelineSpecSchema>

export const emptyPipeline: PipelineSpec = { version: '2.0', steps: [] }
