import { TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { client } from '#studio/lib/client.ts'
import { useSession } from '#studio/lib/session.ts'
import { alertsQuery, monitorKey } from './monitor-queries.ts'
import styles from './monitors.module.css'

/** Alerts that checks have raised, with who takes care of each. */
export function AlertsPanel({ monitorId }: { readonly monitorId: string }) {
  const alerts = useQuery(alertsQuery(monitorId))
  const open = alerts.data?.filter(({ acknowledged }) => acknowledged === null).length ?? 0
  return (
    <Panel flush title="Alerts" aside={open === 0 ? 'none is open' : `${open} open`}>
      {alerts.isError ? <ErrorState error={alerts.error} onRetry={() => void alerts.refetch()} /> : alerts.data === undefined ? <Skeleton rows={2} /> : alerts.data.length === 0 ? <p className={`soft ${styles.none}`}>No check has raised one.</p> : (
        <ul className={styles.alerts}>{alerts.data.map((alert) => <Alert key={alert.alert_id} alert={alert} />)}</ul>
      )}
    </Panel>
  )
}

function Alert({ alert }: { readonly alert: AlertAnswer }) {
  const queries = useQueryClient()
  const own = useSession()?.username ?? null
  const [note, setNote] = useState<string | null>(null)
  const answer = useMutation({
    mutationFn: () => client.monitors.answerAlert(alert.alert_id, { owner: own, ...(note === null || note.trim() === '' ? {} : { note: note.trim() }) }),
    onSettled: () => queries.invalidateQueries({ queryKey: monitorKey(alert.monitor_id) }),
  })
  const seen = alert.acknowledged !== null
  return (
    <li>
      <Glyph name={seen ? 'clear' : 'held'} label={seen ? 'acknowledged' : 'open'} />
      <div className="grow stack">
        <p>{alert.text} <span className="sub"><Ago at={alert.raised} /></span></p>
        {seen ? <p className="sub">{alert.acknowledged_by} has seen it{alert.note === null ? '.' : `: “${alert.note}”`}</p> : note === null ? <div className="row"><Button onClick={() => setNote('')}>Acknowledge</Button></div> : (
          <form className="row wrap" onSubmit={(event) => { event.preventDefault(); answer.mutate() }}>
            <TextInput className="grow" aria-label="Note, kept with it" placeholder="What is done about it" data-autofocus value={note} maxLength={2_000} onChange={(event) => setNote(event.target.value)} />
            <Button type="submit" look="firm" disabled={answer.isPending}>Acknowledge</Button>
          </form>
        )}
        {answer.isError ? <ErrorState error={answer.error} /> : null}
      </div>
    </li>
  )
}
