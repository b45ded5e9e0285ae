import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer } from '#studio/lib/desk.ts'

const heldSeconds = 6

export interface HeldSend {
  /** Seconds until it is sent; null where nothing is held. */
  readonly left: number | null
  readonly hold: (answer: Answer) => void
  readonly undo: () => void
  readonly sendNow: () => void
}

/** Holds an answer for six seconds, in which it can be taken back. Whoever leaves the page has meant it: it is sent then. */
export function useHeldSend(send: (answer: Answer) => void): HeldSend {
  const [held, setHeld] = useState<{ readonly answer: Answer; readonly left: number } | null>(null)
  const latest = useRef({ held, send })
  latest.current = { held, send }
  const sendNow = useCallback(() => {
    const { held: now, send: out } = latest.current
    if (now === null) return
    latest.current = { held: null, send: out }
    setHeld(null)
    out(now.answer)
  }, [])
  useEffect(() => {
    if (held === null) return
    const timer = setTimeout(() => (held.left <= 1 ? sendNow() : setHeld({ ...held, left: held.left - 1 })), 1_000)
    return () => clearTimeout(timer)
  }, [held, sendNow])
  useEffect(() => sendNow, [sendNow])
  const hold = useCallback((answer: Answer) => setHeld({ answer, left: heldSeconds }), [])
  const undo = useCallback(() => setHeld(null), [])
  return { left: held?.left ?? null, hold, undo, sendNow }
}
