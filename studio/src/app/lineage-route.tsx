import { useParams, useSearch } from '@tanstack/react-router'
import { LineagePage } from '#studio/features/lineage/lineage-page.tsx'

/** The lineage of the run, column and row that the address names. */
export function LineageRoute() {
  const { runId } = useParams({ from: '/runs/$runId/lineage' })
  const { column, row } = useSearch({ from: '/runs/$runId/lineage' })
  return <LineagePage key={runId} runId={runId} column={column} row={row} />
}
