import { Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { LabelledPerformanceAnswer } from '#wire/monitor-follow'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { StatTable } from '#studio/components/stat-table.tsx'
import { client } from '#studio/lib/client.ts'
import { count, counted, interval, metric, metricTitles, plain } from '#studio/lib/numbers.ts'
import { readLabels } from './read-labels.ts'
import { monitorKey, performanceQuery } from './monitor-queries.ts'

interface LabelsPanelProps {
  readonly monitorId: string
  readonly deploymentId: string
}

/** What came true of rows that were predicted: labels by their key, and how the model did on them. */
export function LabelsPanel({ monitorId, deploymentId }: LabelsPanelProps) {
  const queries = useQueryClient()
  const known = useQuery(performanceQuery(monitorId, deploymentId))
  const [text, setText] = useState('')
  const { labels, fault } = readLabels(text)
  const send = useMutation({
    mutationFn: () => client.monitors.sendLabels(monitorId, { deployment_id: deploymentId, labels: [...labels] }),
    onSuccess: () => setText(''),
    onSettled: () => queries.invalidateQueries({ queryKey: monitorKey(monitorId) }),
  })
  const done = send.data
  return (
    <Panel title="Labels that came later" footer="They are joined to kept rows by the key column that the deployment keeps.">
      <div className="stack">
        {known.isError ? <ErrorState error={known.error} onRetry={() => void known.refetch()} /> : known.data?.performance == null ? <p className="soft">No kept row has a label yet, so performance is not measured.</p> : <Performance performance={known.data.performance} />}
        <Textarea label="Key and label, one pair a line" placeholder={'4711,Yes\n4712,No'} autosize minRows={2} maxRows={10} value={text} error={fault ?? undefined} onChange={(event) => setText(event.target.value)} />
        <div><Button disabled={labels.length === 0 || fault !== null || send.isPending} onClick={() => send.mutate()}>{labels.length === 0 ? 'Send labels' : `Send ${counted(labels.length, 'label')}`}</Button></div>
        {done === undefined ? null : <p role="status" className="sub">{counted(done.labelled, 'kept row')} got a label.{done.unknown_keys.length === 0 ? '' : ` No kept row has the key ${done.unknown_keys.slice(0, 5).join(', ')}${done.unknown_keys.length > 5 ? ' and others' : ''}.`}</p>}
        {send.isError ? <ErrorState error={send.error} /> : null}
      </div>
    </Panel>
  )
}

function Performance({ performance: { rows, metrics, notes } }: { readonly performance: NonNullable<LabelledPerformanceAnswer['performance']> }) {
  const write = (name: string) => (name === 'rmse' || name === 'mae' ? plain : metric)
  return (
    <>
      <p className="sub">Measured on {count(rows)} kept rows with a label.</p>
      <StatTable
        caption="Performance on labelled rows beside the sealed test rows"
        rows={Object.entries(metrics)}
        keyOf={([name]) => name}
        columns={[
          { key: 'name', head: 'Measure', cell: ([name]) => metricTitles[name] ?? name },
          { key: 'now', head: 'Now [95 %]', numeric: true, cell: ([name, one]) => <>{write(name)(one.value)} <span className="sub">{one.low === null || one.high === null ? '' : interval([one.low, one.high], write(name))}</span></> },
          { key: 'then', head: 'Test rows', numeric: true, cell: ([name, { reference }]) => (reference === null ? 'not measured' : write(name)(reference.value)) },
          { key: 'verdict', head: 'Verdict', cell: ([, { verdict }]) => verdict ?? '' },
        ]}
      />
      {notes.map((note) => <Note key={note}>{note}</Note>)}
    </>
  )
}
