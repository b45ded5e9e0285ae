import { useCallback, useMemo, useRef, useState, type ComponentType } from 'react'
import type { PendingDecision, RunStateAnswer } from '#sdk/client'
import { DeskContext, type Act } from '#studio/lib/desk.ts'
import type { DecisionProps } from '#studio/lib/phase-feature.ts'
import { phaseQuestions } from '#studio/lib/phases.ts'
import { draftKey, useDraft } from '#studio/lib/use-draft.ts'
import { DecisionBar } from './decision-bar.tsx'
import { StaleCard } from './stale-card.tsx'
import { StopHeading } from './stop-heading.tsx'
import { isOvertaken, useDecide } from './use-decide.ts'
import { useHeldSend } from './use-held-send.ts'

interface DecisionDeskProps {
  readonly run: RunStateAnswer
  readonly card: PendingDecision
  /** True once the server has another card, or none. */
  readonly gone: boolean
  readonly Decision: ComponentType<DecisionProps>
  /** Goes on to what the run is at now. */
  readonly onMoveOn: () => void
}

/** A decision with everything around it: the question, the phase's own page, rationale, bar, sending, and the other person who was first. */
export function DecisionDesk({ run, card, gone, Decision, onMoveOn }: DecisionDeskProps) {
  const [act, setAct] = useState<Act | null>(null)
  const [rationale, setRationale] = useDraft(draftKey(card, 'rationale'), '')
  const field = useRef<HTMLTextAreaElement>(null)
  const decide = useDecide(run.run_id, card)
  const send = useCallback((answer: Act['answer']) => decide.mutate({ answer, rationale }, { onSuccess: onMoveOn }), [decide.mutate, rationale, onMoveOn])
  const held = useHeldSend(send)
  const overtaken = isOvertaken(decide.error) || (gone && decide.isIdle && held.left === null)
  const open = !overtaken && held.left === null && !decide.isPending && !decide.isSuccess
  const desk = useMemo(() => ({ setAct, open }), [open])
  const [asked, setAsked] = useState(false)
  const accept = () => {
    if (act === null || !open || (act.blocked ?? null) !== null) return
    if (act.differs && rationale.trim() === '') {
      setAsked(true)
      field.current?.focus()
      return
    }
    decide.reset()
    if (act.final === true) send(act.answer)
    else held.hold(act.answer)
  }
  return (
    <DeskContext value={desk}>
      <StopHeading title={phaseQuestions[card.phase]} />
      {overtaken ? <StaleCard run={run} card={card} answer={act?.answer ?? null} onMoveOn={onMoveOn} /> : null}
      <Decision run={run} card={card} />
      {overtaken || act === null ? null : (
        <DecisionBar act={act} rationale={{ value: rationale, set: setRationale, field, missing: asked && act.differs && rationale.trim() === '' }} held={held} sending={decide.isPending} sent={decide.isSuccess} error={decide.error} onAccept={accept} />
      )}
    </DeskContext>
  )
}
