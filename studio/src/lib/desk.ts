import { createContext, useContext, useEffect } from 'react'
import type { SubmitDecisionBody } from '#sdk/client'

/** The part of an answer that a page decides; the frame adds which decision it answers, and why. */
export type Answer = Omit<SubmitDecisionBody, 'decision_type' | 'decision_id' | 'revision' | 'rationale'>

/** What accepting would do now: the words of the bar, and the answer that it sends. */
export interface Act {
  readonly answer: Answer
  /** The button, naming the act: "Add 1, leave out 3". */
  readonly button: string
  /** What will happen, in a few words: "1 feature added, 3 columns left out." */
  readonly title: string
  /** Counts, time, whether it can be reopened. */
  readonly consequence?: string
  /** True where it is not what was recommended: a rationale is then asked for. */
  readonly differs: boolean
  /** Why it cannot be accepted as it stands; null or absent where it can. */
  readonly blocked?: string | null
  /** Sent at once, without the time to undo: a deployment, a sign-off, the opening of the test rows. */
  readonly final?: boolean
}

export interface Desk {
  readonly setAct: (act: Act | null) => void
  /** False while an answer is on its way, and once somebody else has decided. */
  readonly open: boolean
}

export const DeskContext = createContext<Desk>({ setAct: () => undefined, open: false })

/** Says what accepting would do; a decision page calls it on every render. */
export function useAct(act: Act): Desk {
  const desk = useContext(DeskContext)
  const { setAct } = desk
  const text = JSON.stringify(act)
  useEffect(() => setAct(JSON.parse(text) as Act), [text, setAct])
  useEffect(() => () => setAct(null), [setAct])
  return desk
}
