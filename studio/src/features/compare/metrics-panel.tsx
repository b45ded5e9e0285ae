import { useQuery } from '@tanstack/react-query'
import type { CompareRunsAnswer, RunStateAnswer } from '#sdk/client'
import { ErrorState } from '#studio/components/error-state.tsx'
import { IntervalRow } from '#studio/components/interval-row.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { StatTable, type StatColumn } from '#studio/components/stat-table.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { interval, metric, plain, signed } from '#studio/lib/numbers.ts'
import { pairedQuery } from './compare-queries.ts'
import { namesOf } from './names-of.ts'
import styles from './compare.module.css'

interface TwoRuns {
  readonly one: RunStateAnswer
  readonly other: RunStateAnswer
}

/** The figures of both models: paired where they were judged by the same rows, beside each other where not. */
export function MetricsPanel({ one, other }: TwoRuns) {
  const paired = useQuery(pairedQuery(one.run_id, other.run_id))
  if (paired.isError) return <Panel title="Test metrics" level={2}><ErrorState error={paired.error} onRetry={() => void paired.refetch()} /></Panel>
  if (paired.data === undefined) return <Panel title="Test metrics" level={2}><Skeleton rows={5} /></Panel>
  return paired.data.paired ? <Paired one={one} other={other} found={paired.data} /> : <Apart one={one} other={other} reason={paired.data.reason ?? ''} />
}

type Line = readonly [name: string, figures: CompareRunsAnswer['metrics'][string]]

function Paired({ one, other, found }: TwoRuns & { readonly found: CompareRunsAnswer }) {
  const [first, second] = namesOf(one, other)
  const columns: StatColumn<Line>[] = [
    { key: 'metric', head: 'Metric', cell: ([name]) => nameOf(name) },
    { key: 'first', head: first, numeric: true, cell: ([, figures]) => figure(figures.first) },
    { key: 'second', head: second, numeric: true, cell: ([, figures]) => figure(figures.second) },
    { key: 'difference', head: 'Second less first', numeric: true, cell: ([, { difference, low, high }]) => <>{change(difference)} <span className="sub">{interval([low, high], change)}</span></> },
    { key: 'plot', head: 'Interval', cell: ([, { difference, low, high, verdict }]) => <div className={styles.interval}><IntervalRow scale={around(low, high)} value={difference} interval={[low, high]} look={verdict === 'no distinguishable difference' ? 'covers' : 'clear'} /></div> },
    { key: 'verdict', head: 'Second is', cell: ([, { verdict }]) => <Tag tone="plain" glyph={verdict === 'better' ? 'up' : verdict === 'worse' ? 'down' : 'same'}>{verdict === 'no distinguishable difference' ? 'not distinguishable' : verdict}</Tag> },
  ]
  const footer = `Both models on the same ${found.rows.toLocaleString('en-US')} sealed rows; 95 % intervals of the difference, paired bootstrap, ${found.resamples.toLocaleString('en-US')} resamples. Each line has a scale of its own, dashed at zero.`
  return (
    <Panel title="Test metrics" level={2} footer={footer}>
      {found.same_model ? <Note>Both runs came to the same model, bit for bit.</Note> : null}
      <StatTable caption="Test metrics of both models, paired" columns={columns} rows={Object.entries(found.metrics)} keyOf={([name]) => name} />
    </Panel>
  )
}

function Apart({ one, other, reason }: TwoRuns & { readonly reason: string }) {
  const [first, second] = namesOf(one, other)
  const names = [...new Set([...Object.keys(one.results.metrics), ...Object.keys(other.results.metrics)])]
  const cell = ({ results: { metrics, metric_intervals: intervals } }: RunStateAnswer) => (name: string) => {
    const [value, bounds] = [metrics[name], intervals[name]]
    return value === undefined ? <span className="sub">not measured</span> : <>{figure(value)} {bounds === undefined ? null : <span className="sub">{interval(bounds, figure)}</span>}</>
  }
  return (
    <Panel title="Test metrics" level={2} footer="95 % bootstrap intervals, each on the sealed rows of its own run.">
      <div className="stack">
        <Note tone="held">{reason} Overlapping or separate intervals of different rows do not say which model is better.</Note>
        <StatTable caption="Test metrics of both models, each on its own rows" columns={[{ key: 'metric', head: 'Metric', cell: nameOf }, { key: 'first', head: first, numeric: true, cell: cell(one) }, { key: 'second', head: second, numeric: true, cell: cell(other) }]} rows={names} keyOf={(name) => name} />
      </div>
    </Panel>
  )
}

const short: ReadonlySet<string> = new Set(['auc', 'rmse', 'mae', 'mape', 'f1', 'r2'])

function nameOf(name: string): string {
  return short.has(name) ? name.toUpperCase() : name === 'logloss' ? 'Log loss' : `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`
}

function figure(value: number): string {
  return Math.abs(value) < 10 ? metric(value) : plain(value)
}

function change(value: number): string {
  return Math.abs(value) < 10 ? signed(value, 4) : signed(value, 1)
}

function around(low: number, high: number) {
  const most = Math.max(Math.abs(low), Math.abs(high), 1e-9) * 1.15
  return { low: -most, high: most }
}
