import { IntervalRow, ScaleHead } from '#studio/components/interval-row.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { tickText } from '#studio/lib/scales.ts'
import { interval as bounds, metric } from '#studio/lib/numbers.ts'
import styles from './label.module.css'

interface StrongestPanelProps {
  readonly label: string
  readonly strongest: readonly { readonly name: string; readonly metric: string; readonly value: number; readonly interval?: readonly [number, number] | null | undefined }[]
  readonly text: string | null
}

/** What single columns predict of the label: what is almost perfect alone is looked at for a leak. */
export function StrongestPanel({ label, strongest, text }: StrongestPanelProps) {
  const auc = strongest[0]?.metric === 'auc'
  const scale = { low: auc ? 0.5 : Math.min(0, ...strongest.map(({ value, interval }) => interval?.[0] ?? value)), high: 1 }
  return (
    <Panel title={`What predicts ${label} alone`} aside={auc ? 'area under the curve' : 'R²'} footer="95 % intervals over the folds, on rows not learnt from. A column that predicts almost perfectly alone often knows what was known only afterwards. Ask: is this known before the event?">
      <table className={styles.strongest}>
        <caption className="hide">{text ?? 'Strength of single columns'}</caption>
        <thead><tr><th scope="col">Column</th><th scope="col"><span className="hide">On the scale</span><ScaleHead scale={scale} write={(value, ticks) => tickText(ticks, value)} /></th><th scope="col" className="num">{auc ? 'AUC' : 'R²'}</th></tr></thead>
        <tbody>
          {strongest.map(({ name, value, interval = null }) => (
            <tr key={name}>
              <th scope="row"><code className="cut">{name}</code></th>
              <td><IntervalRow scale={scale} value={value} interval={interval} zero={auc ? 0.5 : 0} look={value >= 0.95 ? 'leak' : 'clear'} /></td>
              <td className="num">{metric(value)}{interval === null ? null : <span className="sub">{bounds(interval)}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
