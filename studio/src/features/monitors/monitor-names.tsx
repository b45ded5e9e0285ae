import { Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { MonitorAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { Dialog } from '#studio/components/dialog.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { client } from '#studio/lib/client.ts'

/** Name and description of a monitor, and its end. */
export function EditMonitor({ monitor }: { readonly monitor: MonitorAnswer }) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button onClick={() => setOpened(true)}>Edit</Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title="Edit the monitor">{opened ? <Names monitor={monitor} onDone={() => setOpened(false)} /> : null}</Dialog>
    </>
  )
}

function Names({ monitor: { monitor_id: id, ...before }, onDone }: { readonly monitor: MonitorAnswer; readonly onDone: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState(before.name)
  const [description, setDescription] = useState(before.description)
  const [ending, setEnding] = useState(false)
  const save = useMutation({
    mutationFn: async () => {
      if (name.trim() !== before.name) await client.monitors.rename(id, name.trim())
      if (description !== before.description) await client.monitors.describe(id, description)
    },
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ['monitors'] }),
  })
  const end = useMutation({
    mutationFn: () => client.monitors.delete(id),
    onSuccess: async () => {
      await navigate({ to: '/monitors' })
      await queries.invalidateQueries({ queryKey: ['monitors', 'team'] })
    },
  })
  return (
    <form className="stack loose" onSubmit={(event) => { event.preventDefault(); save.mutate() }}>
      <TextInput label="Name" required maxLength={500} value={name} onChange={(event) => setName(event.target.value)} />
      <Textarea label="Description" autosize minRows={2} maxRows={8} maxLength={10_000} value={description} onChange={(event) => setDescription(event.target.value)} />
      {save.isError ? <ErrorState error={save.error} /> : null}
      {end.isError ? <ErrorState error={end.error} /> : null}
      <div className="row wrap">
        <Button type="submit" look="firm" disabled={save.isPending || name.trim() === ''}>Save</Button>
        {ending ? <Button look="stop" disabled={end.isPending} onClick={() => end.mutate()}>Delete it with its checks</Button> : <Button look="quiet" onClick={() => setEnding(true)}>Delete the monitor</Button>}
      </div>
    </form>
  )
}
