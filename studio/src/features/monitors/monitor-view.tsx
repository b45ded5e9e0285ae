import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MonitorAnswer } from '#sdk/client'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { count, counted, interval as bounds, share } from '#studio/lib/numbers.ts'
import { exactTime } from '#studio/lib/times.ts'
import { AlertsPanel } from './alerts-panel.tsx'
import { CheckUpload } from './check-upload.tsx'
import { CheckView } from './check-view.tsx'
import { checkQuery, checksQuery } from './monitor-queries.ts'
import { VerdictTag } from './verdict-tag.tsx'
import styles from './monitors.module.css'

/** A monitor: its checks, what the shown one found, alerts, and a batch to check. */
export function MonitorView({ monitor }: { readonly monitor: MonitorAnswer }) {
  const checks = useQuery(checksQuery(monitor.monitor_id))
  const [picked, setPicked] = useState<string | null>(null)
  const shown = picked ?? checks.data?.[0]?.check_id ?? null
  return (
    <div className="stack loose">
      {checks.isError ? <Panel><ErrorState error={checks.error} onRetry={() => void checks.refetch()} /></Panel> : checks.data === undefined ? <Panel flush><Skeleton rows={6} /></Panel> : shown === null ? <Panel><EmptyState glyph="pulse" title="Nothing was checked yet">Send a batch below; the API takes one too. It is compared with the training rows, column by column.</EmptyState></Panel> : (
        <>
          <nav className={styles.checks} aria-label="Checks">
            {checks.data.map((check) => (
              <button key={check.check_id} type="button" aria-pressed={check.check_id === shown} title={exactTime(check.created)} onClick={() => setPicked(check.check_id)}>
                <VerdictTag verdict={check.verdict} /><span className="sub">{count(check.rows)} rows, {exactTime(check.created)}</span>
              </button>
            ))}
          </nav>
          <Shown monitorId={monitor.monitor_id} checkId={shown} />
        </>
      )}
      <div className={styles.below}>
        <AlertsPanel monitorId={monitor.monitor_id} />
        <CheckUpload monitorId={monitor.monitor_id} onChecked={setPicked} />
        <Settings monitor={monitor} />
      </div>
    </div>
  )
}

function Shown({ monitorId, checkId }: { readonly monitorId: string; readonly checkId: string }) {
  const check = useQuery(checkQuery(monitorId, checkId))
  if (check.isError) return <Panel><ErrorState error={check.error} onRetry={() => void check.refetch()} /></Panel>
  return check.data === undefined ? <Panel flush><Skeleton rows={8} /></Panel> : <CheckView key={checkId} check={check.data} />
}

/** What it is set to, and how often it would be wrong. */
function Settings({ monitor }: { readonly monitor: MonitorAnswer }) {
  const { columns, prediction, false_alarm_rate: rate, alerts, schedule_type: schedule, measured, reference_rows: rows } = monitor
  return (
    <Panel title="How it watches">
      <div className="stack">
        <p className="soft">{counted(columns.length, 'input')}{prediction ? ' and the prediction' : ''} against {counted(rows, 'training row')}; batches {schedule === 'manual' ? 'are checked when they are sent' : `are expected ${schedule}`}.</p>
        <dl className="kv">
          <dt>False verdicts</dt><dd>set to {share(rate)} of the batches</dd>
          <dt>False alerts</dt><dd>one in {count(alerts.in_checks)} checks with a probability of {share(alerts.false_alert_rate)} at most</dd>
          {measured.map((one) => <Measured key={one.rows} {...one} />)}
        </dl>
      </div>
    </Panel>
  )
}

/** Wilson's 95 % interval of a share. */
function wilson(hits: number, all: number): readonly [number, number] {
  const [rate, z] = [hits / all, 1.959964]
  const [middle, half] = [rate + (z * z) / (2 * all), z * Math.sqrt((rate * (1 - rate)) / all + (z * z) / (4 * all * all))]
  const scale = 1 + (z * z) / all
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)]
}

function Measured({ rows, batches, alarms }: MonitorAnswer['measured'][number]) {
  return <><dt>Measured, {count(rows)} rows</dt><dd>{count(alarms)} of {count(batches)} batches, {share(alarms / Math.max(1, batches))}{batches === 0 ? '' : ` ${bounds(wilson(alarms, batches), share)}`}</dd></>
}
