import { lazy } from 'react'
import type { PhaseFeature } from '#studio/lib/phase-feature.ts'
import type { Phase } from '#studio/lib/phases.ts'

/**
 * Which feature shows which phase. A feature is loaded when its phase is first looked at:
 *
 *     data_preparation: { Decision: lazy(() => import('#studio/features/preparation/preparation-decision.tsx')…) }
 *
 * A phase that is not here has the generic page.
 */
export const phaseFeatures: Readonly<Partial<Record<Phase, PhaseFeature>>> = {
  model_training: {
    Decision: lazy(async () => ({ default: (await import('#studio/features/training/training-decision.tsx')).TrainingDecision })),
    Outcome: lazy(async () => ({ default: (await import('#studio/features/training/training-outcome.tsx')).TrainingOutcome })),
  },
}
