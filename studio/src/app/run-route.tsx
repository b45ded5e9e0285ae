import { useParams, useSearch } from '@tanstack/react-router'
import { RunPage } from '#studio/features/run-page/run-page.tsx'
import { phaseFeatures } from './phase-features.ts'
import { runActions } from './run-actions.ts'

/** The run page with what the phases bring. */
export function RunRoute() {
  const { runId } = useParams({ from: '/runs/$runId' })
  const { stop } = useSearch({ from: '/runs/$runId' })
  return <RunPage key={runId} runId={runId} stop={stop} features={phaseFeatures} actions={runActions} />
}
