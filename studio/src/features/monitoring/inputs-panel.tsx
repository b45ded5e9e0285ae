import { Panel } from '#studio/components/panel.tsx'
import { share } from '#studio/lib/numbers.ts'
import type { MonitorSettings, WatchedInput } from './monitoring-card.ts'
import styles from './monitoring.module.css'

interface InputsPanelProps {
  readonly inputs: readonly WatchedInput[]
  readonly settings: MonitorSettings
  readonly disabled: boolean
  readonly onChange: (change: Partial<MonitorSettings>) => void
}

/** The columns to watch, each with what it carries of the importance; the prediction first. */
export function InputsPanel({ inputs, settings, disabled, onChange }: InputsPanelProps) {
  const sorted = inputs.toSorted((left, right) => right.importance - left.importance)
  const all = sorted.reduce((sum, { importance }) => sum + importance, 0)
  const most = Math.max(1e-12, ...sorted.map(({ importance }) => importance))
  const toggle = (name: string) => onChange({ columns: inputs.map((one) => one.name).filter((one) => (one === name ? !settings.columns.includes(name) : settings.columns.includes(one))) })
  const carried = sorted.reduce((sum, { name, importance }) => sum + (settings.columns.includes(name) ? importance : 0), 0)
  return (
    <Panel flush title="What is watched" aside={all === 0 ? undefined : `${share(carried / all)} of the importance`}>
      <ul className={styles.inputs} aria-label="Columns to watch">
        <li><label><input type="checkbox" checked={settings.prediction} disabled={disabled} onChange={() => onChange({ prediction: !settings.prediction })} /><span className="strong">The prediction</span></label></li>
        {sorted.map(({ name, importance }) => (
          <li key={name}>
            <label><input type="checkbox" checked={settings.columns.includes(name)} disabled={disabled} onChange={() => toggle(name)} /><code className="cut">{name}</code></label>
            <svg aria-hidden="true"><rect className={styles.bar} width={`${(100 * importance) / most}%`} height="10" y="3" rx="1" /></svg>
            <span className="num sub">{all === 0 ? '' : share(importance / all)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
