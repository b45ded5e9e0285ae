import type { Proposal } from '#core/decision'
import type { Result } from '#core/errors'
import type { Replayed } from '#phases/phase'
import { combineDecisions } from './combine.ts'
import { checkDecision, readFeatureAnswer } from './read-answer.ts'
import { type FeatureDecision, featureBasisSchema } from './schema.ts'

/** What the parent run added and left out, or what is wanted in its place, on the table of a retrain. */
export function replayFeatures(
  { decisions, changes }: Replayed<FeatureDecision>,
  proposal: Proposal,
): Result<FeatureDecision> {
  if (changes !== null) return readFeatureAnswer(changes, proposal)
  const basis = featureBasisSchema.parse(proposal.basis)
  const taken = new Set(decisions.flatMap(({ chosen }) => chosen.map(({ id }) => id)))
  const chosen = proposal.options.filter(({ id }) => taken.has(id)).map(({ index, id, title }) => ({ index, id, title }))
  return checkDecision({ chosen, ...combineDecisions(decisions, basis.steps) }, basis)
}
