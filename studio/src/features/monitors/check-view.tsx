import { useState } from 'react'
import type { CheckMonitorAnswer } from '#sdk/client'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { StatTable } from '#studio/components/stat-table.tsx'
import { count, interval, metric, metricTitles, plain, share, signed } from '#studio/lib/numbers.ts'
import { useKeys } from '#studio/lib/use-keys.ts'
import { ComparedPanel } from './compared-panel.tsx'
import { VerdictTag } from './verdict-tag.tsx'
import styles from './monitors.module.css'

const predictionName = 'The prediction'

/** What a check found: the columns left, the largest effect on the score first; the selected one then and now right. */
export function CheckView({ check }: { readonly check: CheckMonitorAnswer }) {
  const [picked, setPicked] = useState<string | null>(null)
  const names = [...(check.prediction === null ? [] : [predictionName]), ...check.columns.map(({ column }) => column)]
  const shown = picked !== null && names.includes(picked) ? picked : (check.columns.find(({ verdict }) => verdict === 'drift')?.column ?? names[0])
  const move = (by: number) => setPicked(names[Math.min(names.length - 1, Math.max(0, names.indexOf(shown ?? '') + by))] ?? null)
  useKeys({ j: () => move(1), k: () => move(-1) })
  const compared = shown === predictionName ? check.prediction : check.columns.find(({ column }) => column === shown)
  if (names.length === 0) return <Panel><EmptyState glyph="pulse" title="This monitor watches nothing" /></Panel>
  const effects = [...check.columns, ...(check.prediction === null ? [] : [check.prediction])].map(({ effect_on_score: effect }) => Math.abs(effect))
  const most = Math.max(1e-9, ...effects)
  return (
    <div className="cols">
      <Panel flush title={<>{count(check.rows)} rows against {count(check.reference_rows)}</>} aside={<VerdictTag verdict={check.verdict} />} footer="Effect: how far the column moves the mean score of the model. Blue lowers it, orange raises it.">
        <ul className={styles.columns} aria-label="What is watched">
          {check.prediction === null ? null : <Row name={predictionName} words compared={check.prediction} most={most} shown={shown === predictionName} onPick={setPicked} />}
          {check.columns.map((column) => <Row key={column.column} name={column.column} compared={column} most={most} shown={shown === column.column} onPick={setPicked} />)}
        </ul>
      </Panel>
      <div className="stack loose">
        {check.alerts.map(({ rule, text }) => <Note key={rule + text} tone="held">{text}</Note>)}
        {compared === undefined || compared === null || shown === undefined ? null : <ComparedPanel name={shown} compared={compared} rows={check.rows} />}
        <Performance check={check} />
      </div>
    </div>
  )
}

interface RowProps {
  readonly name: string
  readonly words?: boolean
  readonly compared: { readonly verdict: CheckMonitorAnswer['verdict']; readonly effect_on_score: number; readonly moved_share: number }
  readonly most: number
  readonly shown: boolean
  readonly onPick: (name: string) => void
}

function Row({ name, words = false, compared, most, shown, onPick }: RowProps) {
  const { verdict, effect_on_score: effect, moved_share: moved } = compared
  const wide = (50 * Math.abs(effect)) / most
  return (
    <li>
      <button type="button" aria-pressed={shown} onClick={() => onPick(name)}>
        {words ? <span className="strong cut">{name}</span> : <code className="cut">{name}</code>}
        <span className={`num ${styles.moved}`}>{share(moved)} <span className="sub">moved</span></span>
        <svg className={styles.effect} aria-hidden="true">
          <line x1="50%" x2="50%" y1="0" y2="16" className={styles.zero} />
          <rect className={effect > 0 ? styles.raises : styles.lowers} x={`${effect > 0 ? 50 : 50 - wide}%`} width={`${wide}%`} y="3" height="10" />
        </svg>
        <span className={`num ${styles.number}`}>{signed(effect, 3)}</span>
        <span className={styles.verdict}><VerdictTag verdict={verdict} /></span>
      </button>
    </li>
  )
}

/** How the model does on the batch where its labels came, or is expected to before they come. */
function Performance({ check }: { readonly check: CheckMonitorAnswer }) {
  const measured = check.performance
  const expected = check.estimate?.metrics ?? null
  const found = measured !== null && Object.keys(measured.metrics).length > 0 ? measured.metrics : expected
  if (found === null) return check.estimate === null ? null : <p className="sub">{check.estimate.note}</p>
  const real = found === measured?.metrics
  const write = (value: number) => (Math.abs(value) < 10 ? metric(value) : plain(value))
  return (
    <Panel title={real ? 'How it does on this batch' : 'How it is expected to do'} footer={(real ? measured.notes.join(' ') : check.estimate?.note) || undefined}>
      <StatTable
        caption="Metrics of the batch"
        rows={Object.entries(found)}
        keyOf={([name]) => name}
        columns={[
          { key: 'metric', head: 'Metric', cell: ([name]) => metricTitles[name] ?? name },
          { key: 'value', head: 'Batch [95 %]', numeric: true, cell: ([, one]) => <>{write(one.value)} <span className="sub">{interval([one.low, one.high], write)}</span></> },
          { key: 'reference', head: 'Sealed rows', numeric: true, cell: ([, one]) => (one.reference === null ? 'none' : write(one.reference.value)) },
          ...(real ? [{ key: 'verdict', head: 'Verdict', cell: ([name]: readonly [string, unknown]) => measured.metrics[name]?.verdict ?? '' }] : []),
        ]}
      />
    </Panel>
  )
}
