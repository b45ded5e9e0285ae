import { emptyPipeline, type PipelineSpec, type StepSpec } from '#core/pipeline-spec'
import type { LeftOut } from '#core/outcomes'
import { withFreeId } from '#core/with-free-id'
import type { PrepareDecision } from './schema.ts'

/** The pipeline and the left-out columns of all decisions of the phase, oldest first. */
export function combineDecisions(decisions: readonly PrepareDecision[]): { spec: PipelineSpec; left_out: LeftOut[] } {
  const steps: StepSpec[] = []
  const leftOut = new Map<string, LeftOut>()
  for (const decision of decisions) {
    for (const step of decision.steps) steps.push(withFreeId(step, steps))
    for (const one of decision.left_out) if (!leftOut.has(one.column)) leftOut.set(one.column, one)
  }
  return { spec: { ...emptyPipeline, steps }, left_out: [...leftOut.values()] }
}
