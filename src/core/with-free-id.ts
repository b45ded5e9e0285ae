import type { StepSpec } from './pipeline-spec.ts'

/** The step under its id, or under the first numbered one that is free. */
export function withFreeId(step: StepSpec, before: readonly StepSpec[]): StepSpec {
  const taken = new Set(before.map((other) => other.id))
  if (!taken.has(step.id)) return step
  let number = 2
  while (taken.has(`${step.id}_${number}`)) number++
  return { ...step, id: `${step.id}_${number}` }
}
