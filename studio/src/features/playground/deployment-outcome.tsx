import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import type { OutcomeProps } from '#studio/lib/phase-feature.ts'
import { DeploymentSwitch } from './deployment-switch.tsx'
import { formQuery } from './playground-queries.ts'
import { Playground } from './playground.tsx'
import styles from './playground.module.css'

/** What the deployment of a run came to: the model to try, where it was deployed. */
export function DeploymentOutcome({ run }: OutcomeProps) {
  const { deployment_id: deploymentId } = run.results
  if (deploymentId === null) return <Panel><EmptyState glyph="skip" title="There is no deployment of this run">It was decided not to deploy this version, or its deployment was deleted since.</EmptyState></Panel>
  return <Deployed deploymentId={deploymentId} />
}

function Deployed({ deploymentId }: { readonly deploymentId: string }) {
  const form = useQuery(formQuery(deploymentId))
  if (form.isError) return <Panel><ErrorState error={form.error} onRetry={() => void form.refetch()} /></Panel>
  if (form.data === undefined) return <Panel flush><Skeleton rows={8} /></Panel>
  return (
    <>
      <div className={`row wrap ${styles.switch}`}>
        <DeploymentSwitch form={form.data} />
        <span className="grow" />
        <Link className="go-to" to="/deployments/$deploymentId" params={{ deploymentId }}>Open on a page of its own</Link>
      </div>
      <Playground key={form.data.version_id} form={form.data} />
    </>
  )
}
