import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Signal, statusWords } from '#studio/components/signal.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { client } from '#studio/lib/client.ts'
import { phaseTitles } from '#studio/lib/phases.ts'
import { useTitle } from '#studio/lib/use-title.ts'

/** The runs of the team, newest first. */
export function RunsPage() {
  useTitle('Runs')
  const runs = useQuery({ queryKey: ['runs'], queryFn: ({ signal }) => client.agentic.listRuns({ limit: 200 }, { signal }), refetchInterval: 5_000 })
  return (
    <>
      <h1>Runs</h1>
      <Panel flush label="Runs">
        {runs.isError ? <ErrorState error={runs.error} onRetry={() => void runs.refetch()} /> : runs.data === undefined ? <Skeleton rows={8} /> : runs.data.runs.length === 0 ? <EmptyState title="There is no run yet">A run begins with a table.</EmptyState> : (
          <table className="list">
            <thead><tr><th scope="col">Run</th><th scope="col">Status</th><th scope="col" className="num">Age</th></tr></thead>
            <tbody>
              {runs.data.runs.map((run) => (
                <tr key={run.run_id}>
                  <td><Link className="strong" to="/runs/$runId" params={{ runId: run.run_id }} search={{}}>{run.name}</Link></td>
                  <td><span className="row"><Signal status={run.status} />{statusWords[run.status]}{run.current_phase === null ? '' : `: ${phaseTitles[run.current_phase]}`}</span></td>
                  <td className="num sub"><Ago at={run.created_at} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </>
  )
}
