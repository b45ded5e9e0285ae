import type { ComponentType } from 'react'
import type { DecisionRecord, PendingDecision, RunStateAnswer } from '#sdk/client'

export interface DecisionProps {
  readonly run: RunStateAnswer
  readonly card: PendingDecision
}

export interface OutcomeProps {
  readonly run: RunStateAnswer
  /** The closing decision of the phase with its card, its answer and what came of it. */
  readonly decision: DecisionRecord
}

/**
 * What a phase brings to the run page. A part that is left out is shown by the generic page. `Decision` says what
 * accepting would do with `useAct`; rationale, bar, sending and stale cards are the frame's.
 */
export interface PhaseFeature {
  readonly Decision?: ComponentType<DecisionProps>
  readonly Outcome?: ComponentType<OutcomeProps>
}
