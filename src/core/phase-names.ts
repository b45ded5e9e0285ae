import { z } from 'zod'

/** The seven phases in the order of a run. Stored for ever, so never renamed. */
export const phaseNames = [
  'data_preparation',
  'label_selection',
  'feature_engineering',
  'model_training',
  'model_deployment',
  'report_creation',
  'monitoring_creation',
] as const

export const phaseNameSchema = z.enum(phaseNames)
export type PhaseName = (typeof phaseNames)[number]

export const phaseStatuses = ['pending', 'running', 'waiting_input', 'completed', 'skipped', 'failed', 'cancelled'] as const
export type PhaseStatus = (typeof phaseStatuses)[number]

export const runStatuses = ['queued', 'running', 'waiting_input', 'paused', 'completed', 'failed', 'cancelled'] as const
export type RunStatus = (typeof runStatuses)[number]

/** What each phase cannot do without. A skipped need makes the phase skip as well. */
export const phaseNeeds: Readonly<Record<PhaseName, readonly PhaseName[]>> = {
  data_preparation: [],
  label_selection: [],
  feature_engineering: ['label_selection'],
  model_training: ['label_selection'],
  model_deployment: ['label_selection', 'model_training'],
  report_creation: ['label_selection', 'model_training'],
  monitoring_creation: ['label_selection', 'model_training'],
}

/** Phases whose answer names any subset of the options. */
export const multiChoicePhases: readonly PhaseName[] = ['data_preparation', 'feature_engineering']

/** The planned phases that fall away with `skipped`, itself not included: those that need it, and those that need these. */
export function dependentsOf(skipped: PhaseName, plan: readonly PhaseName[]): PhaseName[] {
  const gone = new Set<PhaseName>([skipped])
  for (const phase of plan) if (phaseNeeds[phase].some((need) => gone.has(need))) gone.add(phase)
  return plan.filter((phase) => phase !== skipped && gone.has(phase))
}
