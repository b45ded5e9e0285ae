import type { EvidenceAnswer } from '#sdk/client'
import { Panel } from '#studio/components/panel.tsx'
import { StatTable } from '#studio/components/stat-table.tsx'
import { interval, metric, plain } from '#studio/lib/numbers.ts'

/** The metrics of the sealed rows, each with its interval. */
export function MetricsPanel({ metrics }: { readonly metrics: readonly EvidenceAnswer[] }) {
  if (metrics.length === 0) return null
  const write = (value: number) => (Math.abs(value) < 10 ? metric(value) : plain(value))
  return (
    <Panel title="On the sealed rows" footer="95 % intervals, from resampled rows.">
      <StatTable
        caption="Metrics of the sealed rows"
        rows={metrics}
        keyOf={({ label }) => label}
        columns={[
          { key: 'metric', head: 'Metric', cell: ({ label, text }) => <span title={text}>{label}</span> },
          { key: 'value', head: 'Value', numeric: true, cell: ({ value }) => (typeof value === 'number' ? <b className="strong">{write(value)}</b> : (value ?? 'not measured')) },
          { key: 'interval', head: '95 % interval', numeric: true, cell: ({ interval: bounds }) => (bounds === null ? <span className="sub">none</span> : interval(bounds, write)) },
        ]}
      />
    </Panel>
  )
}
