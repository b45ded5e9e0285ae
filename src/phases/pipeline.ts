import type { PhaseName } from '#core/phase-names'
import { preparePhase } from './1-prepare/phase.ts'
import { labelPhase } from './2-label/phase.ts'
import { featuresPhase } from './3-features/phase.ts'
import { trainPhase } from './4-train/phase.ts'
import { deployPhase } from './5-deploy/phase.ts'
import { reportPhase } from './6-report/phase.ts'
import { monitorPhase } from './7-monitor/phase.ts'
import type { Phase } from './phase.ts'

const inOrder = [preparePhase, labelPhase, featuresPhase, trainPhase, deployPhase, reportPhase, monitorPhase]

/** The phases of a run, in order: the table of contents. Each reads its own decisions; the engine passes them as JSON. */
export const phases = inOrder as unknown as readonly Phase[]

export const offeredPhases: readonly PhaseName[] = phases.map((phase) => phase.name)
