import { multiChoiceSchema } from '#core/multi-choice-answer'
import { type Featured, featuredSchema } from '#core/outcomes'
import type { Phase } from '#phases/phase'
import { applyFeatures } from './apply.ts'
import { proposeFeatures } from './propose.ts'
import { decisionOf, readFeatureAnswer } from './read-answer.ts'
import { replayFeatures } from './replay.ts'
import { effectSchema, type FeatureDecision, featureBasisSchema, featureDecisionSchema } from './schema.ts'

/** feature_engineering: features to add and columns to leave out, any subset of which may be taken. */
export const featuresPhase: Phase<FeatureDecision, Featured> = {
  name: 'feature_engineering',
  version: 4,
  choice: 'many',
  schemas: { decision: featureDecisionSchema, outcome: featuredSchema },
  propose: proposeFeatures,
  accepts: (proposal) =>
    multiChoiceSchema(proposal, 'The columns to learn from; naming an offered feature adds it, all others are left out.'),
  read: readFeatureAnswer,
  recommended(proposal, { auto_apply_safe_features }) {
    const taken = proposal.options.filter((option) => option.recommended && effectSchema.parse(option.effect).safe)
    return decisionOf(auto_apply_safe_features ? taken : [], {
      basis: featureBasisSchema.parse(proposal.basis),
      custom: [],
    })
  },
  fallback: (proposal) => decisionOf([], { basis: featureBasisSchema.parse(proposal.basis), custom: [] }),
  apply: applyFeatures,
  replay: replayFeatures,
}
