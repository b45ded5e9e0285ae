import type { FoldDifferenceAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { Note } from '#studio/components/note.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import styles from './training.module.css'
import { isUnderWay, type Trial } from './use-trial.ts'
import { differenceWords, verdictOf } from './words.ts'

interface TrialStateProps {
  readonly trial: Trial
  /** What is being measured: "with tenure falling". */
  readonly what: string
  readonly onMeasure: () => void
  /** True where it was asked for; otherwise the button is shown. */
  readonly asked: boolean
}

/** How far the measurement of other settings is, with the way to begin and to cancel it. */
export function TrialState({ trial: { trial, error, cancel, again }, what, onMeasure, asked }: TrialStateProps) {
  if (!asked) return <Note glyph="same"><div className={styles.working}><span className="grow">Not measured yet {what}.</span><Button look="firm" onClick={onMeasure}>Measure it</Button></div></Note>
  const refusal = error?.message ?? (trial?.status === 'failed' ? `${trial.error?.message ?? ''} ${trial.error?.suggestion ?? ''}` : null)
  if (refusal !== null) return <Note tone="stop" live>{refusal}</Note>
  if (trial?.status === 'cancelled') return <Note><div className={styles.working}><span className="grow">The measurement was cancelled.</span><Button onClick={again}>Measure it</Button></div></Note>
  if (trial !== undefined && !isUnderWay(trial)) return null
  return (
    <div className={styles.working} role="status">
      <span>{trial?.status === 'waiting' || trial === undefined ? 'Waiting its turn' : (trial.message ?? 'Measuring')}</span>
      <progress max={1} value={trial?.progress ?? 0} aria-label="Progress of the measurement" />
      <Button look="quiet" onClick={cancel}>Cancel</Button>
    </div>
  )
}

const verdictWords = { same: 'not distinguishable from the free fit', better: 'better than the free fit', worse: 'worse than the free fit' } as const
const glyphs = { same: 'same', better: 'up', worse: 'down' } as const

/** What directions change, on the same folds. */
export function DirectionEffect({ against, metric: leading }: { readonly against: readonly FoldDifferenceAnswer[]; readonly metric: string }) {
  const first = against.find(({ metric }) => metric === leading) ?? against[0]
  if (first === undefined) return null
  const verdict = verdictOf(first.interval)
  return (
    <details className={styles.directions}>
      <summary><Glyph name={glyphs[verdict]} />Directions: {first.title} {differenceWords(first.metric, { value: first.difference, bounds: first.interval })}, {verdictWords[verdict]}</summary>
      <ul className="sub">
        {against.map(({ metric, title, difference, interval }) => <li key={metric}>{title}: {differenceWords(metric, { value: difference, bounds: interval })}</li>)}
      </ul>
    </details>
  )
}
