import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { DecisionRecord, MadeDecisionAnswer, RunStateAnswer } from '#sdk/client'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import type { OutcomeProps } from '#studio/lib/phase-feature.ts'
import { phaseTitles } from '#studio/lib/phases.ts'
import { decisionQuery } from '#studio/lib/run-queries.ts'
import { StopHeading } from './stop-heading.tsx'
import { decidedWords } from './stop-words.ts'

interface OutcomeStopProps {
  readonly run: RunStateAnswer
  readonly made: MadeDecisionAnswer
  readonly Outcome: ComponentType<OutcomeProps>
}

/** A stop that is through: what was decided, by whom, why, and what came of it. */
export function OutcomeStop({ run, made, Outcome }: OutcomeStopProps) {
  const record = useQuery(decisionQuery(run.run_id, made.decision_id))
  return (
    <>
      <StopHeading title={`${phaseTitles[made.phase]}: ${decidedWords(made, run)}`} text={<>{whoDecided(made)} <Ago at={made.decided_at} />{made.rationale === null ? '.' : `: “${made.rationale}”`}</>} />
      {record.isError ? <Panel><ErrorState error={record.error} onRetry={() => void record.refetch()} /></Panel> : record.data === undefined ? <Panel flush><Skeleton rows={5} /></Panel> : <Outcome run={run} decision={record.data} />}
    </>
  )
}

function whoDecided({ actor }: Pick<DecisionRecord, 'actor'>): string {
  if (actor.kind === 'key') return `Decided by ${actor.name}`
  if (actor.kind === 'timeout') return 'Nobody answered in time, so the default was taken'
  return 'The recommendation was taken, since this phase asks nobody,'
}
