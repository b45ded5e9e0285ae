import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Progress } from '@mantine/core'
import type { PhaseStatusAnswer, RunStateAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { client } from '#studio/lib/client.ts'
import { phaseTitles } from '#studio/lib/phases.ts'
import { share } from '#studio/lib/numbers.ts'
import { runKey } from '#studio/lib/run-queries.ts'
import type { RunLive } from '#studio/lib/use-run-stream.ts'
import { StopHeading } from './stop-heading.tsx'

interface StopPageProps {
  readonly run: RunStateAnswer
  readonly stop: PhaseStatusAnswer
  readonly live: RunLive
}

/** A stop where nothing is decided and nothing is through: it computes, failed, was skipped, or is not reached. */
export function StopPage({ run, stop, live }: StopPageProps) {
  const title = phaseTitles[stop.phase]
  switch (stop.status) {
    case 'running':
    case 'waiting_input':
    case 'completed':
      return <Running run={run} title={title} live={live} />
    case 'failed':
      return <Failed run={run} title={title} />
    case 'skipped':
      return <Passed title={title} text="This phase was skipped. What needs it was skipped with it." />
    case 'cancelled':
      return <Passed title={title} text="The run was cancelled before this phase was through." />
    case 'pending':
      return <Passed title={title} text="The run has not come this far." />
  }
}

function Running({ run, title, live }: { readonly run: RunStateAnswer; readonly title: string; readonly live: RunLive }) {
  const done = live.progress?.progress ?? run.progress
  return (
    <>
      <StopHeading title={`${title} is being worked out`} text="This page follows by itself. It may be closed; the run goes on." />
      <Panel>
        <div className="stack">
          <p className="read" aria-live="polite">{live.progress?.message ?? run.message ?? 'Working'}</p>
          <Progress value={done * 100} aria-label="Progress of the run" color="run" size={6} />
          <p className="sub">{share(done)} of the whole run{live.connected ? '' : '. The connection is lost; reload to catch up.'}</p>
        </div>
      </Panel>
    </>
  )
}

function Failed({ run, title }: { readonly run: RunStateAnswer; readonly title: string }) {
  const queries = useQueryClient()
  const again = useMutation({ mutationFn: () => client.agentic.resumeRun(run.run_id), onSettled: () => queries.invalidateQueries({ queryKey: runKey(run.run_id) }) })
  return (
    <>
      <StopHeading title={`${title} failed`} text="What was decided before stands. Nothing after it was done." />
      <Panel>
        <div className="stack">
          <Note tone="stop"><b className="strong">{run.error?.message ?? 'The phase failed.'}</b> {run.error?.suggestion}</Note>
          <div className="row wrap">
            <Button look="firm" disabled={again.isPending} onClick={() => again.mutate()}>Try this phase again</Button>
            <details className="sub"><summary>Details</summary><code>{run.error?.code}</code></details>
          </div>
          {again.isError ? <ErrorState error={again.error} /> : null}
        </div>
      </Panel>
    </>
  )
}

function Passed({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <>
      <StopHeading title={title} />
      <Panel><EmptyState glyph="skip" title={text} /></Panel>
    </>
  )
}
