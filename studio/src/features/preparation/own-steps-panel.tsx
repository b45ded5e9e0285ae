import { Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { client } from '#studio/lib/client.ts'
import { readOwnSteps } from './own-steps.ts'
import { StepPreview } from './step-preview.tsx'

interface OwnStepsPanelProps {
  readonly datasetId: string | null
  readonly text: string
  readonly disabled: boolean
  readonly onText: (text: string) => void
}

/** Steps of one's own, as a spec, tried on real rows before they are decided. */
export function OwnStepsPanel({ datasetId, text, disabled, onText }: OwnStepsPanelProps) {
  const [open, setOpen] = useState(text !== '')
  const own = readOwnSteps(text)
  const preview = useMutation({
    mutationFn: async (id: string) => client.preprocessors.previewSpec({ dataset_id: id, spec: { version: '2.0', steps: own.steps ?? [] }, max_rows: 5000 }),
  })
  if (!open) return <p><Button disabled={disabled} onClick={() => setOpen(true)}>Add steps of your own</Button></p>
  const canTry = datasetId !== null && own.steps !== null && own.steps.length > 0 && !preview.isPending
  return (
    <Panel title="Steps of your own" aside="JSON, as in a pipeline spec" footer="They run after the ticked steps that mend values, on every row alone or as their type says.">
      <div className="stack">
        <Textarea aria-label="Steps of your own, as JSON" placeholder='[{ "id": "…", "type": "…", "columns": ["…"], "params": {} }]' value={text} onChange={(event) => onText(event.target.value)} disabled={disabled} autosize minRows={4} maxRows={16} styles={{ input: { fontFamily: 'var(--mono)' } }} />
        {own.fault === null ? null : <Note tone="stop" live>{own.fault}</Note>}
        <div className="row wrap">
          <Button look="firm" disabled={!canTry} onClick={() => datasetId === null ? undefined : preview.mutate(datasetId)}>{preview.isPending ? 'Trying' : 'Try on real rows'}</Button>
          <Button onClick={() => { onText(''); setOpen(false); preview.reset() }}>Do without</Button>
        </div>
        {preview.isError ? <ErrorState error={preview.error} /> : null}
        {preview.data === undefined ? null : <StepPreview answer={preview.data} />}
      </div>
    </Panel>
  )
}
