import { Link } from '@tanstack/react-router'
import type { RunStateAnswer } from '#sdk/client'
import { buttonClass } from '#studio/components/button.tsx'

/** Leads from a run to the ways of its columns; there are none before it has a table. */
export function LineageAction({ run }: { readonly run: RunStateAnswer }) {
  if (run.dataset_id === null) return null
  return <Link className={buttonClass()} to="/runs/$runId/lineage" params={{ runId: run.run_id }} search={{}}>Lineage</Link>
}
