import { Panel } from '#studio/components/panel.tsx'
import { counted, metric } from '#studio/lib/numbers.ts'
import type { FeaturesContext } from './features-card.ts'
import styles from './features.module.css'

/** The columns that go to training as it stands, those that are out already, and how all of this was measured. */
export function ColumnsOfModel({ context }: { readonly context: FeaturesContext }) {
  const { features = [], left_out: leftOut = [], notes = [], limits = [] } = context
  if (features.length === 0 && notes.length === 0) return null
  return (
    <Panel title={`${counted(features.length, 'column')} as it stands`} aside={context.metric === null || context.metric === undefined ? undefined : `${context.metric.title} ${metric(context.metric.value)}, cross-validated`}>
      <div className="stack loose">
        <ul className={styles.columns}>{features.map(({ name }) => <li key={name}><code>{name}</code></li>)}</ul>
        {leftOut.length === 0 ? null : (
          <div className="stack">
            <h4 className="strong">Left out already</h4>
            {leftOut.map(({ name, text }) => <p key={name} className="soft"><code>{name}</code> {text}</p>)}
          </div>
        )}
        {notes.length + limits.length === 0 ? null : (
          <details>
            <summary className="sub">How this was measured, and its limits</summary>
            <ul className="stack">{[...notes, ...limits].map((note) => <li key={note} className="sub">{note}</li>)}</ul>
          </details>
        )}
      </div>
    </Panel>
  )
}
