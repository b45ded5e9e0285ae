import { Link } from '@tanstack/react-router'
import type { MadeDecisionAnswer, PendingDecision, PhaseStatusAnswer, RunStateAnswer } from '#sdk/client'
import { Signal, signalOf } from '#studio/components/signal.tsx'
import { phaseTitles } from '#studio/lib/phases.ts'
import { timeLeft } from '#studio/lib/times.ts'
import { useNow } from '#studio/lib/use-now.ts'
import type { RunLive } from '#studio/lib/use-run-stream.ts'
import { stopWords } from './stop-words.ts'
import styles from './way.module.css'

interface WayProps {
  readonly run: RunStateAnswer
  readonly phases: readonly PhaseStatusAnswer[]
  readonly decisions: readonly MadeDecisionAnswer[]
  readonly card: PendingDecision | null
  readonly live: RunLive
  /** The stop whose page is shown. */
  readonly shown: PhaseStatusAnswer['phase'] | null
}

/** The line: a run with its stops, each with what it decided, how far it is, or why it stands. */
export function Way({ run, phases, decisions, card, live, shown }: WayProps) {
  const now = useNow()
  const left = card?.expires_at === undefined || card.expires_at === null ? null : timeLeft(card.expires_at, now)
  return (
    <nav aria-label="The phases of this run">
      <ol className={styles.way} style={{ '--stops': phases.length }}>
        {phases.map((stop) => {
          const words = stopWords({ run, stop, decisions, live, left })
          return (
            <li key={stop.phase} className={`${styles.at} ${styles[signalOf[stop.status]] ?? ''}`} data-current={stop.phase === run.current_phase}>
              <Link to="/runs/$runId" params={{ runId: run.run_id }} search={{ stop: stop.phase }} replace aria-current={stop.phase === shown ? 'step' : undefined} disabled={stop.status === 'pending'}>
                <Signal status={stop.status} large />
                <span className={styles.words}>
                  <b>{phaseTitles[stop.phase]}</b>
                  <small className="two-lines" title={words}>
                    {words}
                  </small>
                </span>
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
