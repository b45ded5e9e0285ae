import { preparePhase } from './1-prepare/phase.ts'
import { labelPhase } from './2-label/phase.ts'
import { trainPhase } from './4-train/phase.ts'
import type { Phase } from './phase.ts'
import type { PhaseName } from '#core/phase-names'

/** The phases of a run, in order: the table of contents. */
export const phases = [preparePhase, labelPhase, trainPhase] as unknown as readonly Phase[]

export const offeredPhases: readonly PhaseName[] = phases.map((phase) => phase.name)
