import type { Prepared } from './outcomes.ts'
import type { PipelineSpec } from './pipeline-spec.ts'

/** The steps of a preparation that were applied at once: those that learn wait for the training rows. */
export function appliedSpec({ spec, waiting }: Prepared): PipelineSpec {
  return { ...spec, steps: spec.steps.filter(({ id }) => waiting?.includes(id) !== true) }
}
