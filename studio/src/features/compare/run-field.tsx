import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { RunStateAnswer } from '#sdk/client'
import { client } from '#studio/lib/client.ts'
import { exactTime } from '#studio/lib/times.ts'

interface RunFieldProps {
  readonly label: string
  readonly run: RunStateAnswer | undefined
  readonly onRun: (runId: string) => void
}

const shown = 30

/** One of the team's runs, found by its name. */
export function RunField({ label, run, onRun }: RunFieldProps) {
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search.trim())
  const wanted = asked === (run === undefined ? '' : wordsOf(run)) ? '' : asked
  const runs = useQuery({ queryKey: ['runs', 'compare', wanted], queryFn: ({ signal }) => client.agentic.listRuns({ limit: shown, ...(wanted === '' ? {} : { search: wanted }) }, { signal }), placeholderData: keepPreviousData })
  const found = new Map([...(run === undefined ? [] : [[run.run_id, wordsOf(run)] as const]), ...(runs.data?.runs ?? []).map((one) => [one.run_id, wordsOf(one)] as const)])
  const data = [...found].map(([value, words]) => ({ value, label: words }))
  return <Select label={label} placeholder="Search a run" searchable value={run?.run_id ?? null} data={data} filter={({ options }) => options} onSearchChange={setSearch} onChange={(id) => (id === null ? undefined : onRun(id))} nothingFoundMessage="No run has this in its name" checkIconPosition="right" />
}

/** Runs may have one name; the time tells them apart. */
function wordsOf({ name, created_at: at }: { readonly name: string; readonly created_at: string }): string {
  return `${name} · ${exactTime(at)}`
}
