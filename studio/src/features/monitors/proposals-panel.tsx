import { Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { MonitorAnswer } from '#sdk/client'
import type { ProposalAnswer } from '#wire/monitor-follow'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { StatTable } from '#studio/components/stat-table.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { client } from '#studio/lib/client.ts'
import { count, interval, metric, metricTitles, plain, signed } from '#studio/lib/numbers.ts'
import { useSession } from '#studio/lib/session.ts'
import { datasetsQuery, monitorKey, proposalsQuery } from './monitor-queries.ts'
import styles from './monitors.module.css'

/** Challengers that were trained because of what was seen: each beside the model in use, and the choice between them. */
export function ProposalsPanel({ monitor }: { readonly monitor: MonitorAnswer }) {
  const proposals = useQuery(proposalsQuery(monitor.monitor_id))
  return (
    <Panel flush title="Challengers" footer="A challenger is trained as the model was, on newer rows; both are compared on the rows that the model sealed. Nothing replaces a model by itself.">
      {proposals.isError ? <ErrorState error={proposals.error} onRetry={() => void proposals.refetch()} /> : proposals.data === undefined ? <Skeleton rows={3} /> : (
        <>
          {proposals.data.length === 0 ? <p className={`soft ${styles.none}`}>None was trained.</p> : <ul className={styles.alerts}>{proposals.data.map((proposal) => <Proposal key={proposal.proposal_id} proposal={proposal} />)}</ul>}
          <Propose monitorId={monitor.monitor_id} />
        </>
      )}
    </Panel>
  )
}

const states = { training: 'being trained', open: 'waits for a decision', decided: 'decided', failed: 'could not be trained' } as const
const choices = { keep: 'the model in use was kept', promote: 'the challenger answers now', retrain: 'another one was asked for' } as const

function Proposal({ proposal }: { readonly proposal: ProposalAnswer }) {
  const { status, choice, comparison, run_id: runId, proposed, proposed_by: who } = proposal
  return (
    <li>
      <div className="grow stack">
        <p className="row wrap">
          <Tag tone={status === 'open' ? 'held' : status === 'failed' ? 'stop' : 'plain'} {...(status === 'open' ? { glyph: 'held' as const } : {})}>{choice === null ? states[status] : choices[choice]}</Tag>
          <span className="sub">proposed by {who} <Ago at={proposed} />{proposal.decided_by === null ? '' : `, decided by ${proposal.decided_by}`}</span>
          <Link className="go-to" to="/runs/$runId" params={{ runId }} search={{}}>Its run</Link>
        </p>
        {proposal.rationale === null ? null : <p className="soft">“{proposal.rationale}”</p>}
        {comparison === null ? null : <Compared comparison={comparison} />}
        {status === 'open' ? <Decide proposal={proposal} /> : null}
      </div>
    </li>
  )
}

function Compared({ comparison: { text, rows, metrics } }: { readonly comparison: NonNullable<ProposalAnswer['comparison']> }) {
  const write = (name: string) => (name === 'rmse' || name === 'mae' ? plain : metric)
  const difference = (name: string) => (value: number) => signed(value, name === 'rmse' || name === 'mae' ? 2 : 3)
  return (
    <>
      <p className="soft">{text}</p>
      <StatTable
        caption={`Both models on ${count(rows)} sealed rows`}
        showCaption
        rows={Object.entries(metrics)}
        keyOf={([name]) => name}
        columns={[
          { key: 'name', head: 'Measure', cell: ([name]) => metricTitles[name] ?? name },
          { key: 'parent', head: 'In use', numeric: true, cell: ([name, { parent }]) => write(name)(parent) },
          { key: 'challenger', head: 'Challenger', numeric: true, cell: ([name, { retrained }]) => write(name)(retrained) },
          { key: 'difference', head: 'Difference [95 %]', numeric: true, cell: ([name, one]) => <>{difference(name)(one.difference)} <span className="sub">{interval([one.low, one.high], difference(name))}</span></> },
          { key: 'verdict', head: 'Verdict', cell: ([, { verdict }]) => verdict },
        ]}
      />
    </>
  )
}

function useDatasets() {
  const team = useSession()?.team_id ?? ''
  const found = useQuery({ ...datasetsQuery(team), enabled: team !== '' }).data ?? []
  return found.map(({ dataset_id, name, rows }) => ({ value: dataset_id, label: `${name}${rows == null ? '' : `, ${count(rows)} rows`} (${dataset_id.slice(0, 8)})` }))
}

function Decide({ proposal: { proposal_id: id, monitor_id: monitorId, options } }: { readonly proposal: ProposalAnswer }) {
  const queries = useQueryClient()
  const datasets = useDatasets()
  const [rationale, setRationale] = useState('')
  const [dataset, setDataset] = useState<string | null>(null)
  const decide = useMutation({
    mutationFn: (choice: ProposalAnswer['options'][number]['choice']) => client.monitors.decideProposal(id, { choice, rationale: rationale.trim() === '' ? null : rationale.trim(), dataset_id: choice === 'retrain' ? dataset : null }),
    onSettled: () => queries.invalidateQueries({ queryKey: monitorKey(monitorId) }),
  })
  return (
    <div className="stack">
      <div className={styles.fields}>
        <TextInput label="Why" maxLength={10_000} value={rationale} onChange={(event) => setRationale(event.target.value)} />
        <Select label="Rows, to train another on" placeholder="A table" searchable clearable data={datasets} value={dataset} onChange={setDataset} />
      </div>
      <div className="row wrap">
        {options.map(({ choice, title, recommended }) => (
          <Button key={choice} look={recommended ? 'firm' : 'plain'} disabled={decide.isPending || (choice === 'retrain' && dataset === null)} onClick={() => decide.mutate(choice)}>{title}</Button>
        ))}
      </div>
      {decide.isError ? <ErrorState error={decide.error} /> : null}
    </div>
  )
}

function Propose({ monitorId }: { readonly monitorId: string }) {
  const queries = useQueryClient()
  const datasets = useDatasets()
  const [dataset, setDataset] = useState<string | null>(null)
  const propose = useMutation({
    mutationFn: (rows: string) => client.monitors.proposeRetrain(monitorId, { dataset_id: rows }),
    onSuccess: () => setDataset(null),
    onSettled: () => queries.invalidateQueries({ queryKey: monitorKey(monitorId) }),
  })
  return (
    <div className={`stack ${styles.none}`}>
      <div className="row wrap top">
        <Select className="grow" aria-label="Table with labels to train a challenger on" placeholder="A table with labels, to train on" searchable clearable data={datasets} value={dataset} onChange={setDataset} nothingFoundMessage="No table has this name" />
        <Button disabled={dataset === null || propose.isPending} onClick={() => (dataset === null ? undefined : propose.mutate(dataset))}>Train a challenger</Button>
      </div>
      {propose.isError ? <ErrorState error={propose.error} /> : null}
    </div>
  )
}
