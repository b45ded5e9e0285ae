import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { historyQuery } from './models-queries.ts'
import styles from './models.module.css'

/** All that happened to the model and its deployments, the newest first. */
export function HistoryPanel({ modelId }: { readonly modelId: string }) {
  const history = useQuery(historyQuery(modelId))
  return (
    <Panel title="What happened">
      {history.isError ? <ErrorState error={history.error} onRetry={() => void history.refetch()} /> : history.data === undefined ? <Skeleton rows={4} /> : (
        <ol className={styles.history}>
          {history.data.toReversed().map((one) => (
            <li key={`${one.event.stream}${one.event.seq}${one.type}`}>
              <span className="sub"><Ago at={one.at} /></span>
              <span><span>{one.text}</span> <span className="sub">by {one.actor.name}, event {one.event.seq}, {one.event.hash.slice(0, 8)}</span>{one.rationale === null ? null : <span className="soft"> “{one.rationale}”</span>}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
