import { Panel } from '#studio/components/panel.tsx'
import { counted, metric, plain } from '#studio/lib/numbers.ts'
import type { FeaturesContext } from './features-card.ts'
import styles from './features.module.css'

/** The columns that go to training as it stands, those that are out already, and how all of this was measured. */
export function ColumnsOfModel({ context, went = false }: { readonly context: FeaturesContext; readonly went?: boolean }) {
  const { features = [], left_out: leftOut = [], notes = [], limits = [] } = context
  const write = (value: number) => (Math.abs(value) < 10 ? metric(value) : plain(value))
  if (features.length === 0 && notes.length === 0) return null
  return (
    <Panel title={`${counted(features.length, 'column')} ${went ? 'went to training' : 'as it stands'}`} aside={context.metric === null || context.metric === undefined ? undefined : `${context.metric.title} ${write(context.metric.value)}, cross-validated${went ? ' before this' : ''}`}>
      <div className="stack loose">
        <ul className={styles.columns}>{features.map(({ name }) => <li key={name}><code>{name}</code></li>)}</ul>
        {leftOut.length === 0 ? null : (
          <div className="stack">
            <h4 className="strong">{went ? 'Left out' : 'Left out already'}</h4>
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
