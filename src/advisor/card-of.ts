import type { PhaseName } from '#core/phase-names'
import { isStarted, type MadeDecision, type OpenDecision, type Run } from '#core/run'

/** A card that is open, or was. */
export type Card = Pick<OpenDecision, 'phase' | 'decision_id' | 'revision' | 'proposal'> & { readonly made: MadeDecision | null }

/** The card that waits for an answer. */
export function openCard(run: Run): Card | null {
  const open = run.status === 'waiting_input' || run.status === 'paused' ? run.open : null
  return open === null ? null : { ...open, made: null }
}

/** The newest card of a phase, open or answered. */
export function cardOf(run: Run, phase: PhaseName): Card | null {
  const open = openCard(run)
  if (open?.phase === phase) return open
  const made = isStarted(run) ? run.decisions.findLast((decision) => decision.phase === phase) : undefined
  return made === undefined ? null : { ...made, made }
}

/** The card that a question is about: that of a named phase, the open one, or the last that was answered. */
export function cardMeant(run: Run, phases: readonly PhaseName[]): Card | null {
  for (const phase of phases) {
    const card = cardOf(run, phase)
    if (card !== null) return card
  }
  const open = openCard(run)
  if (open !== null || !isStarted(run)) return open
  const last = run.decisions.at(-1)
  return last === undefined ? null : { ...last, made: last }
}
