import { Link } from '@tanstack/react-router'
import type { RunStateAnswer } from '#sdk/client'
import { buttonClass } from '#studio/components/button.tsx'

/** Puts a run beside another one, once it has a model. */
export function CompareAction({ run }: { readonly run: RunStateAnswer }) {
  if (run.results.version_id === null) return null
  return <Link className={buttonClass()} to="/compare" search={{ runs: run.run_id }}>Compare</Link>
}
