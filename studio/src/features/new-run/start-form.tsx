import { Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import type { DatasetAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { partsOf } from '#studio/components/error-state.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { client } from '#studio/lib/client.ts'
import { modKey, useKeys } from '#studio/lib/use-keys.ts'
import { Gates } from './gates.tsx'
import { MoreOptions } from './more-options.tsx'
import { firstWish, startBody, type StartWish } from './start-wish.ts'

/** What to predict, where to ask, and the start. */
export function StartForm({ dataset }: { readonly dataset: DatasetAnswer }) {
  const [wish, setWish] = useState(() => firstWish(dataset.name))
  const navigate = useNavigate()
  const queries = useQueryClient()
  const start = useMutation({
    mutationFn: () => client.agentic.startRun(startBody(wish, dataset)),
    onSuccess: ({ run_id }) => {
      void queries.invalidateQueries({ queryKey: ['runs'] })
      return navigate({ to: '/runs/$runId', params: { runId: run_id }, search: {} })
    },
  })
  const set = (change: Partial<StartWish>) => setWish((before) => ({ ...before, ...change }))
  const ready = wish.name.trim() !== '' && wish.plan.length > 0 && !start.isPending
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (ready) start.mutate()
  }
  useKeys({ 'mod+Enter': () => submit() })
  const columns = dataset.metadata?.fields.map(({ name }) => name) ?? []
  return (
    <Panel title="Start a run" level={2}>
      <form className="stack loose" onSubmit={submit}>
        <Textarea label="Your question, in plain words" placeholder="Which customers leave next month?" autosize minRows={2} maxRows={6} value={wish.question} onChange={(event) => set({ question: event.target.value })} maxLength={10_000} />
        <Select label="Target" description="The column to predict. Left empty, the run proposes one." placeholder="Let the run propose" searchable clearable data={[...new Set(columns)]} value={wish.target === '' ? null : wish.target} onChange={(value) => set({ target: value ?? '' })} clearButtonProps={{ 'aria-label': 'Let the run propose' }} nothingFoundMessage="No such column" />
        <TextInput label="Name" required value={wish.name} onChange={(event) => set({ name: event.target.value })} maxLength={500} />
        <Gates gates={wish.gates} plan={wish.plan} onChange={(gates) => set({ gates })} />
        <MoreOptions wish={wish} onChange={set} />
        {start.isError ? <Note tone="stop" live><b className="strong">{partsOf(start.error).message}</b> {partsOf(start.error).suggestion} Nothing was started.</Note> : null}
        <Button type="submit" look="go" disabled={!ready} keys={[modKey, '↵']}>Start the run</Button>
      </form>
    </Panel>
  )
}
