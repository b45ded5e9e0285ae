import type { OptionAnswer } from '#sdk/client'
import { IntervalRow, ScaleHead } from '#studio/components/interval-row.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { count, interval, share } from '#studio/lib/numbers.ts'
import { alarmsOf, furtherOf, settingsOf, type MonitoringContext } from './monitoring-card.ts'
import styles from './monitoring.module.css'

/** How often this way would have been wrong on batches of the training rows, and what it sees. */
export function MeasuredPanel({ option, context }: { readonly option: OptionAnswer; readonly context: MonitoringContext }) {
  const alarms = alarmsOf(option)
  const rate = settingsOf(option)?.false_alarm_rate ?? null
  const scale = { low: 0, high: Math.max(0.02, rate ?? 0, ...alarms.map((one) => one.interval?.[1] ?? 0)) * 1.1 }
  return (
    <Panel flush title="False alarms, measured" aside={rate === null ? undefined : `set to ${share(rate)}`} footer={context.test === undefined ? undefined : <details><summary>How it tests</summary>{context.test} {context.notes?.join(' ')}</details>}>
      {alarms.length === 0 ? null : (
        <table className="list">
          <caption className="hide">Measured false alarms by size of batch</caption>
          <thead><tr><th scope="col">Batch</th><th scope="col" className={styles.plot}><span className="hide">Interval</span><ScaleHead scale={scale} write={share} ticks={4} /></th><th scope="col" className="num">alarms [95 %]</th></tr></thead>
          <tbody>
            {alarms.map((one) => (
              <tr key={one.rows}>
                <td>{count(one.rows)} rows</td>
                <td className={styles.plot}><IntervalRow scale={scale} value={one.alarms / one.batches} interval={one.interval} zero={rate} look="other" /></td>
                <td className="num">{share(one.alarms / one.batches)} {one.interval === null ? null : <span className="sub">{interval(one.interval, share)}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={`stack ${styles.said}`}>
        {furtherOf(option).map(({ label, text }) => <p key={label + text}><b className="strong">{label}</b> <span className="soft">{text}</span></p>)}
        {option.risks.map((risk) => <Note key={risk} tone="held">{risk}</Note>)}
      </div>
    </Panel>
  )
}
