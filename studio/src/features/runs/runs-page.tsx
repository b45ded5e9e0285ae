import { useTitle } from '#studio/lib/use-title.ts'
import { RunList } from './run-list.tsx'

/** All runs of the team. */
export function RunsPage() {
  useTitle('Runs')
  return <RunList heading="h1" />
}
