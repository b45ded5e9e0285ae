import type { Block } from './blocks.ts'
import { figure } from './figure.ts'
import { judgementBlocks } from './judgement-blocks.ts'
import type { Material } from './material.ts'

const states = {
  active: 'A deployment that answers',
  inactive: 'A deployment that does not answer until it is activated',
  none: 'None',
} as const

/** What was deployed, the checks that were made, and the measures by group. */
export function fairnessSection({ deployed, fairness }: Material): Block[] {
  if (deployed === null) return [{ kind: 'missing', text: 'Not provided: the run made no decision on a deployment before this report.' }]
  const facts = [
    { label: 'Deployment', value: states[deployed.deployment] },
    { label: 'The model version is', value: deployed.version },
    ...(deployed.threshold === null ? [] : [{ label: 'Called positive from probability', value: figure(deployed.threshold) }]),
  ]
  return [{ kind: 'facts', facts }, ...judgementBlocks(fairness)]
}
