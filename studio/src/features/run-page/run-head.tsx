import { Menu } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { RunStateAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { client } from '#studio/lib/client.ts'
import { counted } from '#studio/lib/numbers.ts'
import { phaseTitles } from '#studio/lib/phases.ts'
import { datasetQuery, runKey } from '#studio/lib/run-queries.ts'
import { useTitle } from '#studio/lib/use-title.ts'
import styles from './run-head.module.css'

interface RunHeadProps {
  readonly run: RunStateAnswer
  readonly actions: readonly ComponentType<{ readonly run: RunStateAnswer }>[]
}

/** The question of a run as its title, what it stands on, and what can be done with it. */
export function RunHead({ run, actions }: RunHeadProps) {
  const question = run.settings?.user_query ?? null
  useTitle(question ?? run.name)
  return (
    <>
      <header className={styles.head}>
        <div className="grow">
          <h1>
            {question === null ? run.name : <><Link className={styles.crumb} to="/runs">{run.name}</Link> {question}</>}
          </h1>
          <p className={`sub ${styles.facts}`}><Facts run={run} /></p>
        </div>
        <div className={styles.actions}>
          {actions.map((Action, index) => <Action key={`action-${index.toString()}`} run={run} />)}
          <RunMenu run={run} />
        </div>
      </header>
      {run.status === 'paused' ? <Paused run={run} /> : null}
    </>
  )
}

function Facts({ run }: { readonly run: RunStateAnswer }) {
  const dataset = useQuery({ ...datasetQuery(run.dataset_id ?? ''), enabled: run.dataset_id !== null }).data
  const table = dataset === undefined ? [] : [dataset.metadata?.file_name ?? dataset.name, `${counted(dataset.rows ?? 0, 'row')}, ${counted(dataset.columns ?? 0, 'column')}`]
  const words = [...table, ...(run.label === null ? [] : [`target ${run.label}`]), 'started ']
  return <>{words.join(' · ')}<Ago at={run.started_at ?? run.created_at} /></>
}

function useCommand(run: RunStateAnswer, command: (runId: string) => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: () => command(run.run_id), onSettled: () => queries.invalidateQueries({ queryKey: runKey(run.run_id) }) })
}

function Paused({ run }: { readonly run: RunStateAnswer }) {
  const resume = useCommand(run, (runId) => client.agentic.resumeRun(runId))
  return (
    <div className={styles.paused}>
      <Glyph name="pause" large />
      <p className="grow"><b className="strong">Paused: nobody answered in time.</b> Nothing happens until somebody goes on.</p>
      <Button look="firm" disabled={resume.isPending} onClick={() => resume.mutate()}>Resume</Button>
      {resume.isError ? <ErrorState error={resume.error} /> : null}
    </div>
  )
}

const ended: ReadonlySet<RunStateAnswer['status']> = new Set(['completed', 'failed', 'cancelled'])

/** What is done seldom: going on without a phase, ending the run. */
function RunMenu({ run }: { readonly run: RunStateAnswer }) {
  const skip = useCommand(run, (runId) => client.agentic.skipPhase(runId))
  const cancel = useCommand(run, (runId) => client.agentic.cancelRun(runId))
  if (ended.has(run.status)) return null
  const canSkip = run.status === 'running' || run.status === 'waiting_input'
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={styles.more} aria-label="More: skip, cancel"><Glyph name="more" /></button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={!canSkip} onClick={() => skip.mutate()}>{run.current_phase === null ? 'Skip this phase' : `Skip ${phaseTitles[run.current_phase].toLowerCase()}`}</Menu.Item>
        <Menu.Item onClick={() => cancel.mutate()}>Cancel the run</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
