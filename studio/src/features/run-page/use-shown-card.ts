import { useCallback, useState } from 'react'
import type { PendingDecision } from '#sdk/client'

interface ShownCard {
  readonly card: PendingDecision | null
  /** True once the server has another card, or none, while this one is still looked at. */
  readonly gone: boolean
  /** Lets the card go, so that the next one is shown. */
  readonly letGo: () => void
}

/** Keeps the card that a person works on until it is let go, so that somebody else's decision takes nothing away. */
export function useShownCard(runId: string, latest: PendingDecision | null | undefined): ShownCard {
  const [held, setHeld] = useState<{ readonly runId: string; readonly card: PendingDecision | null; readonly done: string }>({ runId, card: null, done: '' })
  const current = held.runId === runId ? held : { runId, card: null, done: '' }
  const offered = latest === undefined || latest === null || nameOf(latest) === current.done ? null : latest
  // The same card may be read again, with notes of the chat on it.
  const card = current.card === null || (offered !== null && nameOf(offered) === nameOf(current.card)) ? offered : current.card
  // Set while rendering, as React has it for state that follows its input.
  if (card !== held.card || held.runId !== runId) setHeld({ ...current, card })
  const gone = card !== null && latest !== undefined && (latest === null || nameOf(latest) !== nameOf(card))
  const letGo = useCallback(() => setHeld((before) => ({ ...before, card: null, done: before.card === null ? before.done : nameOf(before.card) })), [])
  return { card, gone, letGo }
}

function nameOf({ decision_id, revision }: PendingDecision): string {
  return `${decision_id}:${revision}`
}
