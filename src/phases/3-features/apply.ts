import { accept, type Result } from '#core/errors'
import type { Featured } from '#core/outcomes'
import type { Applied, Facts, Tools } from '#phases/phase'
import { buildFeatured } from './build-featured.ts'
import { type FeatureDecision, featureDecisionSchema } from './schema.ts'

/** Adds and leaves out what this decision and the drafts before it say. */
export async function applyFeatures(
  facts: Facts,
  decision: FeatureDecision,
  tools: Tools,
): Promise<Result<Applied<Featured>>> {
  const drafts = facts.drafts.map((draft) => featureDecisionSchema.parse(draft))
  tools.progress(0.1, 'Making the features')
  const featured = await buildFeatured(facts, [...drafts, decision], tools)
  return featured.ok ? accept({ outcome: featured.value, publishes: [] }) : featured
}
