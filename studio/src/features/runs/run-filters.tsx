import { Select, TextInput } from '@mantine/core'
import { phases, phaseTitles } from '#studio/lib/phases.ts'
import { Segments } from '#studio/components/segments.tsx'
import { useSession } from '#studio/lib/session.ts'
import type { RunFilter, RunStatus } from './runs-query.ts'
import styles from './run-list.module.css'

interface RunFiltersProps {
  readonly filter: RunFilter
  readonly onChange: (filter: RunFilter) => void
}

const statuses: readonly { readonly value: RunStatus | 'all'; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'waiting_input', label: 'Waiting' },
  { value: 'running', label: 'Running' },
  { value: 'completed', label: 'Completed' },
  { value: 'paused', label: 'Paused' },
  { value: 'failed', label: 'Failed' },
]

/** What the list is narrowed to. */
export function RunFilters({ filter, onChange }: RunFiltersProps) {
  const own = useSession()?.username
  return (
    <div className={styles.filters}>
      <Segments label="Status" value={filter.status ?? 'all'} options={statuses} onChange={(value) => onChange({ ...filter, status: value === 'all' ? undefined : value })} />
      <Select aria-label="Phase" placeholder="Any phase" clearable value={filter.phase ?? null} data={phases.map((value) => ({ value, label: phaseTitles[value] }))} onChange={(value) => onChange({ ...filter, phase: phases.find((phase) => phase === value) })} className={styles.phase} clearButtonProps={{ 'aria-label': 'Any phase' }} />
      <label className={styles.own}>
        <input type="checkbox" checked={filter.owner !== ''} onChange={(event) => onChange({ ...filter, owner: event.target.checked ? (own ?? '') : '' })} /> Mine
      </label>
      <TextInput aria-label="Search runs" type="search" placeholder="Name or label" value={filter.search} onChange={(event) => onChange({ ...filter, search: event.target.value })} className={styles.search} />
    </div>
  )
}
