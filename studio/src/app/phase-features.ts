import type { PhaseFeature } from '#studio/lib/phase-feature.ts'
import type { Phase } from '#studio/lib/phases.ts'

/**
 * Which feature shows which phase. A feature is loaded when its phase is first looked at:
 *
 *     data_preparation: { Decision: lazy(() => import('#studio/features/preparation/preparation-decision.tsx')…) }
 *
 * A phase that is not here has the generic page.
 */
export const phaseFeatures: Readonly<Partial<Record<Phase, PhaseFeature>>> = {}
