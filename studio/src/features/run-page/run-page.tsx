import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, type ComponentType } from 'react'
import type { MadeDecisionAnswer, PhaseStatusAnswer, RunStateAnswer } from '#sdk/client'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import type { PhaseFeature } from '#studio/lib/phase-feature.ts'
import type { Phase } from '#studio/lib/phases.ts'
import { cardQuery, decisionsQuery, phasesQuery, runQuery } from '#studio/lib/run-queries.ts'
import { useKeys } from '#studio/lib/use-keys.ts'
import { useRunStream, type RunLive } from '#studio/lib/use-run-stream.ts'
import { DecisionDesk } from './decision-desk.tsx'
import { GenericDecision } from './generic-decision.tsx'
import { GenericOutcome } from './generic-outcome.tsx'
import { OutcomeStop } from './outcome-stop.tsx'
import { RunHead } from './run-head.tsx'
import { StopPage } from './stop-page.tsx'
import { useShownCard } from './use-shown-card.ts'
import { Way } from './way.tsx'

export interface RunPageProps {
  readonly runId: string
  /** The stop that is looked at; undefined follows the run. */
  readonly stop: Phase | undefined
  /** What the phases bring, put together by the app. */
  readonly features: Readonly<Partial<Record<Phase, PhaseFeature>>>
  /** Buttons of the head, such as the chat. */
  readonly actions: readonly ComponentType<{ readonly run: RunStateAnswer }>[]
}

/** A run: its head, its line, and the page of one of its stops. */
export function RunPage(props: RunPageProps) {
  const { runId } = props
  const run = useQuery(runQuery(runId))
  const phases = useQuery(phasesQuery(runId))
  const decisions = useQuery(decisionsQuery(runId))
  const live = useRunStream(runId)
  const failed = [run, phases, decisions].find(({ isError, data }) => isError && data === undefined)
  if (failed !== undefined) return <Panel><ErrorState error={failed.error} onRetry={() => void failed.refetch()} /></Panel>
  if (run.data === undefined || phases.data === undefined || decisions.data === undefined) return <Panel flush><Skeleton rows={8} /></Panel>
  return <LoadedRun {...props} run={run.data} phases={phases.data} decisions={decisions.data} live={live} />
}

interface LoadedRunProps extends RunPageProps {
  readonly run: RunStateAnswer
  readonly phases: readonly PhaseStatusAnswer[]
  readonly decisions: readonly MadeDecisionAnswer[]
  readonly live: RunLive
}

function LoadedRun({ runId, stop: asked, features, actions, run, phases, decisions, live }: LoadedRunProps) {
  const navigate = useNavigate()
  const card = useQuery(cardQuery(runId))
  const held = useShownCard(runId, card.data)
  const stop = useMemo(() => stopOf({ asked: asked ?? held.card?.phase, run, phases }), [asked, held.card, run, phases])
  const show = (phase: Phase | undefined) => void navigate({ to: '/runs/$runId', params: { runId }, search: phase === undefined ? {} : { stop: phase }, replace: true })
  const moveOn = useCallback(() => {
    held.letGo()
    void navigate({ to: '/runs/$runId', params: { runId }, search: {}, replace: true })
  }, [held.letGo, navigate, runId])
  useKeys({ '[': () => show(neighbour(phases, stop, -1)), ']': () => show(neighbour(phases, stop, 1)) })
  const feature = stop === undefined ? undefined : features[stop.phase]
  const made = decisions.findLast(({ phase, closes }) => phase === stop?.phase && closes)
  const Decision = feature?.Decision ?? GenericDecision
  return (
    <>
      <RunHead run={run} actions={actions} />
      <Way run={run} phases={phases} decisions={decisions} card={card.data ?? null} live={live} shown={stop?.phase ?? null} />
      {stop === undefined ? null : held.card !== null && held.card.phase === stop.phase ? (
        <DecisionDesk key={`${held.card.decision_id}:${held.card.revision}`} run={run} card={held.card} gone={held.gone} Decision={Decision} onMoveOn={moveOn} />
      ) : stop.status === 'completed' && made !== undefined ? (
        <OutcomeStop key={made.decision_id} run={run} made={made} Outcome={feature?.Outcome ?? GenericOutcome} />
      ) : (
        <StopPage key={stop.phase} run={run} stop={stop} live={live} />
      )}
    </>
  )
}

interface Asked {
  readonly asked: Phase | undefined
  readonly run: RunStateAnswer
  readonly phases: readonly PhaseStatusAnswer[]
}

/** The stop that is meant, else where the run is, else the last one that it came to. */
function stopOf({ asked, run, phases }: Asked): PhaseStatusAnswer | undefined {
  const at = asked ?? run.current_phase
  return phases.find(({ phase }) => phase === at) ?? phases.findLast(({ status }) => status !== 'pending') ?? phases[0]
}

function neighbour(phases: readonly PhaseStatusAnswer[], stop: PhaseStatusAnswer | undefined, by: number): Phase | undefined {
  const reached = phases.filter(({ status }) => status !== 'pending')
  return reached[Math.min(reached.length - 1, Math.max(0, reached.findIndex(({ phase }) => phase === stop?.phase) + by))]?.phase
}
