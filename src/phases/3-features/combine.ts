import type { StepSpec } from '#core/pipeline-spec'
import { withFreeId } from '#core/with-free-id'
import type { FeatureDecision } from './schema.ts'

/** What several decisions of the phase do together, oldest first: steps under free ids behind those that are there. */
export function combineDecisions(
  decisions: readonly FeatureDecision[],
  before: readonly StepSpec[],
): Omit<FeatureDecision, 'chosen'> {
  const steps: StepSpec[] = [...before]
  const leftOut = new Map<string, FeatureDecision['left_out'][number]>()
  for (const decision of decisions) {
    for (const step of decision.steps) steps.push(withFreeId(step, steps))
    for (const one of decision.left_out) if (!leftOut.has(one.column)) leftOut.set(one.column, one)
  }
  return {
    steps: steps.slice(before.length),
    left_out: [...leftOut.values()],
    added: decisions.flatMap(({ added }) => added),
  }
}
