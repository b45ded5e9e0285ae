import type { PendingDecision, PendingDecisionAnswer } from '#wire/pending-decision'
import type { RunStateAnswer } from '#wire/run-state'
import { pause } from './pause.ts'

/** Why the waiting ended: somebody is asked, the run stands still until it is resumed, or it is over. */
export type WaitResult =
  | { readonly kind: 'decision'; readonly run: RunStateAnswer; readonly decision: PendingDecision }
  | { readonly kind: 'paused'; readonly run: RunStateAnswer }
  | { readonly kind: 'ended'; readonly run: RunStateAnswer }

export interface WaitOptions {
  readonly signal?: AbortSignal
  /** Told of every state that is read, the last one included. */
  readonly onState?: (run: RunStateAnswer) => void
}

interface Reader {
  run(): Promise<RunStateAnswer>
  decision(): Promise<PendingDecisionAnswer>
  /** Waits between two reads; in real time where it is left out. */
  readonly pause?: typeof pause
}

const shortestPauseMs = 50
const longestPauseMs = 1_000

/** Reads the run until it needs somebody or is over: often after something changed, seldom while nothing does. */
export async function waitForDecision(read: Reader, { signal, onState }: WaitOptions): Promise<WaitResult> {
  let wait = shortestPauseMs
  let before = ''
  for (;;) {
    signal?.throwIfAborted()
    const run = await read.run()
    onState?.(run)
    const result = await resultOf(run, read)
    if (result !== null) return result
    const now = `${run.status} ${run.current_phase}`
    wait = now === before ? Math.min(wait * 1.5, longestPauseMs) : shortestPauseMs
    before = now
    await (read.pause ?? pause)(wait, signal)
  }
}

async function resultOf(run: RunStateAnswer, read: Reader): Promise<WaitResult | null> {
  switch (run.status) {
    case 'waiting_input': {
      // It may have been answered by somebody else in between.
      const decision = await read.decision()
      return decision === null ? null : { kind: 'decision', run, decision }
    }
    case 'paused':
      return { kind: 'paused', run }
    case 'completed':
    case 'failed':
    case 'cancelled':
      return { kind: 'ended', run }
    case 'queued':
    case 'running':
      return null
  }
}
