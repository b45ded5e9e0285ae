import type { Asked } from './command.ts'
import type { NewRunEvent } from './event.ts'
import { dependentsOf, type PhaseName } from './phase-names.ts'
import type { StartedRun } from './run.ts'

/** Adds the end of the run where no phase is left after `over`. */
export function withEnd(run: StartedRun, { event, over }: { event: NewRunEvent; over: readonly PhaseName[] }): NewRunEvent[] {
  const left = run.phases.some((record) => record.status === 'pending' && !over.includes(record.phase))
  return left ? [event] : [event, { type: 'run-completed', actor: event.actor, at: event.at, payload: {} }]
}

/** The events of skipping `phase`: what needs it falls away with it, and the run ends where nothing is left. */
export function skipEvents(run: StartedRun, phase: PhaseName, asked: Asked): NewRunEvent[] {
  const pending = run.phases.filter((record) => record.status === 'pending').map((record) => record.phase)
  const also = dependentsOf(phase, [phase, ...pending])
  const event: NewRunEvent = { type: 'phase-skipped', actor: asked.actor, at: asked.now, payload: { phase, also } }
  return withEnd(run, { event, over: [phase, ...also] })
}
