import type { Column } from '#core/dataset'
import { refuse, type ErrorCode } from '#core/errors'
import type { BoundStep, StepContract } from './step-type.ts'
import type { StepFault } from './try-spec.ts'

/**
 * What steps do to the label, by their contracts. A deployed model scores rows that have none, so a step that reads it
 * fails or leaks there; and one that changes it would have the model predict something else than was asked for.
 */
export function labelFaults(steps: readonly BoundStep[], label: Column): StepFault[] {
  return steps.flatMap(({ spec, contract }) => {
    const said = touches(contract, label) ?? reads(contract, label)
    if (said === null) return []
    const { code, message, suggestion } = refuse(said.code, `Step "${spec.id}" (${spec.type}) ${said.text}.`).refusal
    return [{ step_id: spec.id, step_type: spec.type, code, message, suggestion }]
  })
}

interface Said {
  readonly code: ErrorCode
  readonly text: string
}

function touches({ drops, renames, changes }: StepContract, { id, name }: Column): Said | null {
  const code = 'STEP_TOUCHES_LABEL'
  if (drops.includes(id)) return { code, text: `drops the label "${name}"` }
  const renamed = renames.find((rename) => rename.id === id)
  if (renamed !== undefined) return { code, text: `renames the label "${name}" to "${renamed.name}"` }
  return changes.some((change) => change.id === id) ? { code, text: `changes the label "${name}"` } : null
}

/** What was known of the label before the forecast is no leak: a row that is predicted has it, too. */
function reads(contract: StepContract, { id, name }: Column): Said | null {
  if (contract.readsPast?.includes(id) === true) return null
  const made = contract.creates.filter(({ from }) => from.includes(id)).map((creation) => `"${creation.name}"`)
  if (made.length > 0) return { code: 'STEP_READS_LABEL', text: `makes ${made.slice(0, 3).join(', ')} out of the label "${name}"` }
  return contract.reads.includes(id) ? { code: 'STEP_READS_LABEL', text: `reads the label "${name}"` } : null
}
