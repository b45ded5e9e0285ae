import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { useTitle } from '#studio/lib/use-title.ts'
import { DeploymentSwitch } from './deployment-switch.tsx'
import { formQuery } from './playground-queries.ts'
import { Playground } from './playground.tsx'
import styles from './playground.module.css'

/** The playground of one deployment. */
export function PlaygroundPage({ deploymentId }: { readonly deploymentId: string }) {
  const form = useQuery(formQuery(deploymentId))
  useTitle(form.data === undefined ? 'Playground' : `Playground of ${form.data.model_name}`)
  if (form.isError) return <Panel><ErrorState error={form.error} onRetry={() => void form.refetch()} /></Panel>
  if (form.data === undefined) return <Panel flush><Skeleton rows={10} /></Panel>
  const { model_id, model_name, trainer, label, created, created_by, run_id } = form.data
  return (
    <>
      <header className={styles.head}>
        <div className="grow">
          <p className="sub"><Link to="/models">Models</Link> / <Link to="/models/$modelId" params={{ modelId: model_id }}>{model_name}</Link></p>
          <h1>Playground</h1>
          <p className="sub">{trainer} for <code>{label}</code>, deployed <Ago at={created} /> by {created_by}{run_id === null ? '' : <>, <Link className="go-to" to="/runs/$runId" params={{ runId: run_id }} search={{}}>its run</Link></>}</p>
        </div>
        <div className="row wrap"><DeploymentSwitch form={form.data} /></div>
      </header>
      <h2 className="hide">One row, its answer and why</h2>
      <Playground key={form.data.version_id} form={form.data} />
    </>
  )
}
