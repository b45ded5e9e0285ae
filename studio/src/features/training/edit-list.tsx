import { useQueries } from '@tanstack/react-query'
import type { EditEffectAnswer, ModelTrialAnswer, TryModelBody } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { writeMetric } from './card-data.ts'
import { type Edit, editWords } from './edits.ts'
import styles from './training.module.css'
import { isUnderWay, trialQuery } from './use-trial.ts'
import { differenceWords } from './words.ts'

interface EditListProps {
  readonly runId: string
  readonly edits: readonly Edit[]
  /** The answer with the first so many edits. */
  readonly bodyOf: (edits: readonly Edit[]) => TryModelBody
  readonly disabled: boolean
  /** False while the fit that they are made on is not measured yet. */
  readonly measured: boolean
  readonly onUndo: () => void
  readonly onClear: () => void
}

/** The edits in their order, each with what it changes by itself, measured by the server on training rows. */
export function EditList({ runId, edits, bodyOf, disabled, measured, onUndo, onClear }: EditListProps) {
  const trials = useQueries({ queries: edits.map((_, index) => ({ ...trialQuery(runId, bodyOf(edits.slice(0, index + 1))), enabled: measured })) })
  if (edits.length === 0) return null
  return (
    <section aria-label="Edits of the shapes" className="stack">
      <div className="row wrap">
        <h4 className="grow">Edits, in this order</h4>
        <Button disabled={disabled} onClick={onUndo}>Undo the last</Button>
        <Button look="quiet" disabled={disabled} onClick={onClear}>Undo all</Button>
      </div>
      <p className="sub">Measured on training rows: after less before, with bootstrap 95 % intervals; measures between 0 and 1 × 0.001.</p>
      <ol className={styles.edits}>
        {edits.map((edit, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an edit is its place in the order.
          <li key={index}>
            <span>{index + 1}. {editWords(edit)}</span>
            {measured ? <Effect trial={trials[index]?.data} error={trials[index]?.error ?? null} /> : <span className="sub">Not measured yet: measure the directions first.</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Effect({ trial, error }: { readonly trial: ModelTrialAnswer | undefined; readonly error: Error | null }) {
  if (error !== null) return <span className="sub" role="alert">Refused: {error.message}</span>
  if (trial?.status === 'failed') return <span className="sub" role="alert">Refused: {trial.error?.message}</span>
  if (trial?.status === 'cancelled') return <span className="sub">Not measured: the trial was cancelled.</span>
  if (trial === undefined || isUnderWay(trial)) return <span className="sub">Being measured …</span>
  const effect = trial.result?.last_edit ?? null
  return effect === null ? <span className="sub">Not measured.</span> : <EffectWords effect={effect} />
}

const titles: Readonly<Record<string, string>> = { auc: 'AUC', logloss: 'log loss', accuracy: 'accuracy', f1: 'F1', brier: 'Brier', r2: 'R²', rmse: 'RMSE', mae: 'MAE' }

function EffectWords({ effect }: { readonly effect: EditEffectAnswer }) {
  const metrics = Object.entries(effect.metrics)
  return (
    <details className="sub">
      <summary>Moves {effect.moved.rows.toLocaleString('en-US')} training rows; {metrics.slice(0, 2).map(([name, { difference, interval }]) => `${titles[name] ?? name} ${differenceWords(name, { value: difference, bounds: interval })}`).join(', ')}</summary>
      <ul>
        {metrics.map(([name, { before, after, difference, interval }]) => <li key={name}>{titles[name] ?? name}: {writeMetric(name)(before)} before, {writeMetric(name)(after)} after, {differenceWords(name, { value: difference, bounds: interval })}</li>)}
      </ul>
    </details>
  )
}
