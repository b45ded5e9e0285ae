import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { buttonClass } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { useTitle } from '#studio/lib/use-title.ts'
import { HistoryPanel } from './history-panel.tsx'
import { LivePanel } from './live-panel.tsx'
import { modelQuery } from './models-queries.ts'
import { taskWords } from './models-page.tsx'
import { VersionsPanel } from './versions-panel.tsx'
import styles from './models.module.css'

/** One model: its versions, which is champion, what answered when, and all that happened to it. */
export function ModelPage({ modelId }: { readonly modelId: string }) {
  const model = useQuery(modelQuery(modelId))
  useTitle(model.data?.model_name ?? 'Model')
  if (model.isError) return <Panel><ErrorState error={model.error} onRetry={() => void model.refetch()} /></Panel>
  if (model.data === undefined) return <Panel flush><Skeleton rows={8} /></Panel>
  const { model_name, model_description, target_name, model_type, created, deployment_id } = model.data
  return (
    <>
      <header className={styles.head}>
        <div>
          <p className="sub"><Link to="/models">Models</Link></p>
          <h1>{model_name}</h1>
          <p className="sub">predicts <code>{target_name}</code>, {taskWords[model_type]}, since <Ago at={created} /></p>
          {model_description === '' ? null : <p className="soft">{model_description}</p>}
        </div>
        {deployment_id === null ? null : <Link className={buttonClass('firm')} to="/deployments/$deploymentId" params={{ deploymentId: deployment_id }}>Open the playground</Link>}
      </header>
      <h2 className="hide">Versions, and what answers</h2>
      <div className="cols">
        <div className="stack loose"><VersionsPanel model={model.data} /><HistoryPanel modelId={modelId} /></div>
        <LivePanel modelId={modelId} />
      </div>
    </>
  )
}
