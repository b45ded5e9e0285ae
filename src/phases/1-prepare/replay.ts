import type { Proposal } from '#core/decision'
import { accept, type Result } from '#core/errors'
import { readCustomSteps } from '#core/multi-choice-answer'
import type { Replayed } from '#phases/phase'
import { combineDecisions } from './combine.ts'
import { checked } from './read-answer.ts'
import { prepareBasisSchema, type PrepareDecision } from './schema.ts'

/** The steps of the parent run, or the pipeline that was asked for in their place, on the table of a retrain. */
export function replayPreparation({ decisions, changes }: Replayed<PrepareDecision>, proposal: Proposal): Result<PrepareDecision> {
  const basis = prepareBasisSchema.parse(proposal.basis)
  const before = combineDecisions(decisions)
  const steps = changes === null ? accept(before.spec.steps) : readCustomSteps(changes)
  if (!steps.ok) return steps
  const taken = new Set(decisions.flatMap(({ chosen }) => chosen.map(({ id }) => id)))
  const chosen = proposal.options.filter(({ id }) => taken.has(id)).map(({ index, id, title }) => ({ index, id, title }))
  return checked({ chosen, steps: steps.value, left_out: before.left_out }, basis)
}
