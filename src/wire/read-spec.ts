import { z } from 'zod'
import { accept, refuse, type Result } from '#core/errors'
import { type PipelineSpec, pipelineSpecSchema } from '#core/pipeline-spec'

const looseSpec = z.object({
  version: z.literal('2.0').default('2.0'),
  steps: z.array(z.looseObject({ columns: z.array(z.string()).nullish(), params: z.record(z.string(), z.json()).nullish(), description: z.string().nullish() })),
})

/** Reads a spec as the package takes it: what a step leaves out or says nothing in is empty, and what it was told after a fit is passed over. */
export function readSpec(json: unknown): Result<PipelineSpec> {
  const loose = looseSpec.safeParse(json)
  if (!loose.success) return refuse('VALIDATION_FAILED', specFault(loose.error, json))
  const steps = loose.data.steps.map((step) => {
    const { columns, description } = step
    return { id: step.id, type: step.type, params: step.params ?? {}, ...(columns ? { columns } : {}), ...(description ? { description } : {}) }
  })
  const strict = pipelineSpecSchema.safeParse({ version: loose.data.version, steps })
  if (!strict.success) return refuse('VALIDATION_FAILED', specFault(strict.error, json))
  const ids = strict.data.steps.map((step) => step.id)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  return twice === undefined ? accept(strict.data) : refuse('VALIDATION_FAILED', `Two steps of the spec have the id "${twice}".`)
}

function specFault({ issues }: z.ZodError, json: unknown): string {
  const [issue] = issues
  const path = issue?.path ?? []
  const named = z.object({ steps: z.array(z.unknown()) }).safeParse(json)
  const id = z.object({ id: z.string() }).safeParse(named.success && typeof path[1] === 'number' ? named.data.steps[path[1]] : null)
  const step = id.success ? `step "${id.data.id}" ` : ''
  return `The spec is not one of version 2.0: ${step}${path.length === 0 ? '' : `at ${path.map(String).join('.')}: `}${issue?.message ?? 'unreadable'}`
}

