import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { MadeDecisionAnswer, RunStateAnswer } from '#sdk/client'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { type Phase, phases, phaseTitles } from '#studio/lib/phases.ts'
import { decisionsQuery } from '#studio/lib/run-queries.ts'
import styles from './compare.module.css'

interface DecisionsPanelProps {
  readonly one: RunStateAnswer
  readonly other: RunStateAnswer
}

/** What each run decided at each stop, with the differences marked. */
export function DecisionsPanel({ one, other }: DecisionsPanelProps) {
  const [mine, theirs] = useQueries({ queries: [decisionsQuery(one.run_id), decisionsQuery(other.run_id)] })
  const failed = [mine, theirs].find(({ isError, data }) => isError && data === undefined)
  if (failed !== undefined) return <Panel title="Decisions" level={2}><ErrorState error={failed.error} onRetry={() => void failed.refetch()} /></Panel>
  if (mine.data === undefined || theirs.data === undefined) return <Panel title="Decisions" level={2}><Skeleton rows={5} /></Panel>
  const lines = phases.flatMap((phase) => {
    const [left, right] = [closing(mine.data, phase), closing(theirs.data, phase)]
    return left === undefined && right === undefined ? [] : [{ phase, left, right }]
  })
  if (lines.length === 0) return <Panel title="Decisions" level={2}><p className="soft">Neither run has decided anything yet.</p></Panel>
  const differing = lines.filter(({ left, right }) => differ(left, right)).length
  return (
    <Panel title="Decisions" level={2} aside={differing === 0 ? 'the same at every stop' : `${differing} of ${lines.length} differ`} flush>
      <ul className={styles.decisions} aria-label="Decisions of both runs">
        {lines.map(({ phase, left, right }) => (
          <li key={phase} className={differ(left, right) ? styles.differs : undefined}>
            <h3>{phaseTitles[phase]} {differ(left, right) ? <Tag tone="run">differs</Tag> : <span className="sub">the same</span>}</h3>
            <Decided run={one} phase={phase} decision={left} beside={right} />
            <Decided run={other} phase={phase} decision={right} beside={left} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function closing(decisions: readonly MadeDecisionAnswer[], wanted: Phase): MadeDecisionAnswer | undefined {
  return decisions.findLast(({ phase, closes }) => phase === wanted && closes)
}

function differ(left: MadeDecisionAnswer | undefined, right: MadeDecisionAnswer | undefined): boolean {
  return wordsOf(left).join('\n') !== wordsOf(right).join('\n')
}

function wordsOf(decision: MadeDecisionAnswer | undefined): readonly string[] {
  if (decision === undefined) return ['Not decided']
  if (decision.skipped) return ['Skipped']
  return decision.taken.length > 0 ? decision.taken : [decision.offered === 0 ? 'Nothing was offered' : `None of the ${decision.offered} offered`]
}

function Decided({ run, phase, decision, beside }: { readonly run: RunStateAnswer; readonly phase: Phase; readonly decision: MadeDecisionAnswer | undefined; readonly beside: MadeDecisionAnswer | undefined }) {
  const others = new Set(wordsOf(beside))
  return (
    <div className={styles.decided}>
      <p className="sub"><Link to="/runs/$runId" params={{ runId: run.run_id }} search={{ stop: phase }}>{run.name}</Link>{decision === undefined ? '' : `, ${decision.actor.name}`}</p>
      <ul>{wordsOf(decision).map((words) => <li key={words}>{others.has(words) ? words : <mark className={styles.only}>{words}</mark>}</li>)}</ul>
      {decision?.rationale == null ? null : <p className="sub">“{decision.rationale}”</p>}
    </div>
  )
}
