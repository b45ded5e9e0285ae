import type { MadeDecisionAnswer, PhaseStatusAnswer, RunStateAnswer } from '#sdk/client'
import { manyChoicePhases } from '#studio/lib/phases.ts'
import type { RunLive } from '#studio/lib/use-run-stream.ts'

interface Stop {
  readonly run: RunStateAnswer
  readonly stop: PhaseStatusAnswer
  readonly decisions: readonly MadeDecisionAnswer[]
  readonly live: RunLive
  /** What is left until the deadline of the open decision; null where it has none. */
  readonly left: string | null
}

/** What a stop of the line says below its name. */
export function stopWords({ run, stop, decisions, live, left }: Stop): string {
  switch (stop.status) {
    case 'completed':
      return decidedWords(decisions.findLast(({ phase, closes }) => phase === stop.phase && closes), run)
    case 'waiting_input':
      return run.status === 'paused' ? 'Paused: nobody answered in time' : `Waiting for you${left === null ? '' : `, ${left}`}`
    case 'running':
      return live.progress?.message ?? run.message ?? 'Running'
    case 'skipped':
      return 'Skipped'
    case 'failed':
      return stop.error ?? 'Failed'
    case 'cancelled':
      return 'Cancelled'
    case 'pending':
      return ''
  }
}

const taskWords = { binary: 'one of two classes', multiclass: 'one of several classes', regression: 'a number' } as const

/** What was decided at a stop, in a few words. */
export function decidedWords(decision: MadeDecisionAnswer | undefined, run: RunStateAnswer): string {
  if (decision === undefined) return ''
  const { phase, taken, offered, skipped } = decision
  if (skipped) return 'Skipped'
  if (manyChoicePhases.has(phase)) return offered === 0 ? 'Nothing to decide' : `${taken.length} of ${offered} taken`
  if (phase === 'label_selection' && run.label !== null && run.task !== null) return `${run.label}, ${taskWords[run.task]}`
  return taken[0] ?? 'An answer of its own'
}
