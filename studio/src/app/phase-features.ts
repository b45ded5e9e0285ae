import type { PhaseFeature } from '#studio/lib/phase-feature.ts'
import type { Phase } from '#studio/lib/phases.ts'
import { lazyPart } from './lazy-part.tsx'

/** Which feature shows which phase, loaded when the phase is first looked at. A phase that is not here has the generic page. */
export const phaseFeatures: Readonly<Partial<Record<Phase, PhaseFeature>>> = {
  data_preparation: {
    Decision: lazyPart(async () => (await import('#studio/features/preparation/preparation-decision.tsx')).PreparationDecision),
    Outcome: lazyPart(async () => (await import('#studio/features/preparation/preparation-outcome.tsx')).PreparationOutcome),
  },
  label_selection: {
    Decision: lazyPart(async () => (await import('#studio/features/label/label-decision.tsx')).LabelDecision),
    Outcome: lazyPart(async () => (await import('#studio/features/label/label-outcome.tsx')).LabelOutcome),
  },
  feature_engineering: {
    Decision: lazyPart(async () => (await import('#studio/features/feature-engineering/features-decision.tsx')).FeaturesDecision),
    Outcome: lazyPart(async () => (await import('#studio/features/feature-engineering/features-outcome.tsx')).FeaturesOutcome),
  },
  model_training: {
    Decision: lazyPart(async () => (await import('#studio/features/training/training-decision.tsx')).TrainingDecision),
    Outcome: lazyPart(async () => (await import('#studio/features/training/training-outcome.tsx')).TrainingOutcome),
  },
  model_deployment: {
    Decision: lazyPart(async () => (await import('#studio/features/deployment/deployment-decision.tsx')).DeploymentDecision),
    Outcome: lazyPart(async () => (await import('#studio/features/playground/deployment-outcome.tsx')).DeploymentOutcome),
  },
  report_creation: {
    Decision: lazyPart(async () => (await import('#studio/features/report/report-decision.tsx')).ReportDecision),
    Outcome: lazyPart(async () => (await import('#studio/features/report/report-outcome.tsx')).ReportOutcome),
  },
  monitoring_creation: {
    Decision: lazyPart(async () => (await import('#studio/features/monitoring/monitoring-decision.tsx')).MonitoringDecision),
    Outcome: lazyPart(async () => (await import('#studio/features/monitors/monitoring-outcome.tsx')).MonitoringOutcome),
  },
}
