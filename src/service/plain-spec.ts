import { plainJson } from '#core/plain-json'
import { stepSpecSchema, type PipelineSpec, type StepSpec } from '#core/pipeline-spec'
import type { SentSpec, SentStep } from '#wire/pipeline-spec'

/** A step as it is kept: what was sent as null is absent. */
export function plainStep({ id, type, columns, params, description }: SentStep): StepSpec {
  const kept = { id, type, params: params ?? {}, ...(columns == null ? {} : { columns }), ...(description == null ? {} : { description }) }
  return stepSpecSchema.parse(plainJson(kept))
}

export function plainSpec({ version, steps }: SentSpec): PipelineSpec {
  return { version, steps: steps.map(plainStep) }
}
