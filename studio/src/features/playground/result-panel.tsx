import type { DeploymentFormAnswer, PredictionAnswer } from '#sdk/client'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { plain, share } from '#studio/lib/numbers.ts'
import styles from './playground.module.css'

interface ResultPanelProps {
  readonly form: DeploymentFormAnswer
  readonly prediction: PredictionAnswer | null
}

/** What the model says of the row, and what was odd about it. */
export function ResultPanel({ form, prediction }: ResultPanelProps) {
  if (prediction === null) return <Panel flush label="Prediction"><Skeleton rows={2} /></Panel>
  const named = new Set(form.fields.map(({ name }) => name))
  const elsewhere = (prediction.warnings ?? []).filter(({ column }) => !named.has(column))
  return (
    <Panel label="Prediction">
      <div aria-live="polite" className="stack">
        {prediction.error === undefined ? <Said form={form} prediction={prediction} /> : <Note tone="stop"><b className="strong">This row is not predicted.</b> {prediction.error.message}</Note>}
        {elsewhere.map(({ column, message }) => <Note key={column} tone="held">{message}</Note>)}
      </div>
    </Panel>
  )
}

function Said({ form, prediction }: { readonly form: DeploymentFormAnswer; readonly prediction: PredictionAnswer }) {
  const { pred, proba, probabilities } = prediction
  if (form.task === 'regression') return <p className={styles.result}><span><span className={styles.figure}>{typeof pred === 'number' ? plain(pred) : pred}</span> <span className="soft">is predicted for <code>{form.label}</code></span></span></p>
  if (form.task === 'binary' && proba !== undefined) {
    const over = pred === form.positive
    return (
      <>
        <p className={styles.result}>
          <span><span className={styles.figure}>{share(proba)}</span> <span className="soft">likely <code>{form.label}</code> is {form.positive}</span></span>
          <Tag tone={over ? 'neutral' : 'plain'}>{over ? 'flagged' : 'not flagged'}</Tag>
        </p>
        <Gauge value={proba} threshold={form.threshold ?? 0.5} />
      </>
    )
  }
  const sorted = Object.entries(probabilities ?? {}).toSorted(([, left], [, right]) => right - left)
  return (
    <>
      <p className={styles.result}><span><span className={styles.figure}>{pred}</span> <span className="soft">is the likeliest <code>{form.label}</code></span></span></p>
      <ul className={styles.classes} aria-label="Probability of each class">
        {sorted.slice(0, 8).map(([name, value]) => (
          <li key={name}><span className="cut">{name}</span><svg aria-hidden="true"><rect className={styles.ground} width="100%" height="8" /><rect className={name === pred ? styles.orange : styles.blue} width={`${100 * value}%`} height="8" /></svg><span className="num">{share(value)}</span></li>
        ))}
      </ul>
    </>
  )
}

function Gauge({ value, threshold }: { readonly value: number; readonly threshold: number }) {
  const anchor = threshold < 0.15 ? 'start' : threshold > 0.85 ? 'end' : 'middle'
  return (
    <svg className={styles.gauge} role="img" aria-label={`Probability ${share(value)}, flagged from ${share(threshold)}`}>
      <rect className={styles.ground} width="100%" y="4" height="8" />
      <rect className={styles.orange} width={`${100 * value}%`} y="4" height="8" />
      <line className={styles.tick} x1={`${100 * threshold}%`} x2={`${100 * threshold}%`} y1="0" y2="16" />
      <text x={`${100 * threshold}%`} y="30" textAnchor={anchor}>flagged from {share(threshold)}</text>
    </svg>
  )
}
