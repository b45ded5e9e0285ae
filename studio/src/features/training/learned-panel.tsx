import { useMemo, useState } from 'react'
import type { ModelEvidenceAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { Segments } from '#studio/components/segments.tsx'
import type { TrainingContext } from './card-data.ts'
import { EditList } from './edit-list.tsx'
import { type AnyShape, domainOfModel, isCurve, scaleOfLink } from '#studio/components/plots/model-shapes.ts'
import { ShapeEditor } from './shape-editor.tsx'
import { ShapesPanel } from './shapes-panel.tsx'
import { DirectionEffect, TrialState } from './trial-state.tsx'
import type { ChosenModel } from './use-model.ts'
import type { TrainingDraft } from './use-training-draft.ts'

interface LearnedPanelProps {
  readonly runId: string
  readonly draft: TrainingDraft
  readonly model: ChosenModel
  readonly shown: ModelEvidenceAnswer
  readonly context: TrainingContext
  readonly disabled: boolean
}

/** The shapes of the chosen trainer, with switches for directions and the editor of shapes. */
export function LearnedPanel({ runId, draft, model, shown, context, disabled }: LearnedPanelProps) {
  const [editing, setEditing] = useState<{ readonly name: string; readonly output: number } | null>(null)
  const readable = shown.shapes_are === 'terms'
  const directed = readable && shown.trainer.startsWith('glassbox') && shown.link !== 'softmax'
  const numeric = useMemo(() => new Set(context.features.filter(({ kind }) => kind === 'numeric').map(({ name }) => name)), [context.features])
  const domain = useMemo(() => domainOfModel(shown.shapes, editing?.output ?? 0), [shown.shapes, editing])
  const before = model.free === null || model.free === shown ? null : { shapes: model.free.shapes, words: draft.edits.length > 0 ? 'free and unedited' : 'without the direction' }
  const edited = shown.shapes.find(({ name }) => name === editing?.name)
  const controls = (shape: AnyShape, output: number) => {
    const [feature = ''] = shape.features
    const switched = directed && isCurve(shape) && shape.kind === 'numeric' && numeric.has(feature)
    return (
      <div className="row wrap">
        {switched ? <Segments label={`Direction of ${feature}`} value={model.directions[feature] ?? 'free'} onChange={(value) => { if (!disabled) draft.setDirection(model.directions, feature, value === 'free' ? null : value) }} options={[{ value: 'free', label: 'Free' }, { value: 'decreasing', label: '↓ Falls' }, { value: 'increasing', label: '↑ Rises' }]} /> : null}
        {readable ? <Button look="quiet" aria-label={`Edit ${shape.name}`} onClick={() => setEditing({ name: shape.name, output })}>Edit</Button> : null}
      </div>
    )
  }
  return (
    <ShapesPanel model={shown} before={before} controls={controls}>
      {directed ? <p className="soft">{context.monotone_proposals.text}</p> : null}
      {model.onCard ? null : <TrialState trial={model.trial} asked={model.asked} what="with these directions; the shapes shown are the nearest that is" onMeasure={() => draft.setMeasured(model.key)} />}
      {shown.against === null || Object.keys(shown.monotone).length === 0 ? null : <DirectionEffect against={shown.against} metric={context.metric.name} />}
      <EditList runId={runId} edits={draft.edits} bodyOf={model.bodyOf} disabled={disabled} measured={model.asked} onUndo={() => draft.setEdits(draft.edits.slice(0, -1))} onClear={() => draft.setEdits([])} />
      {editing === null ? null : edited === undefined ? null : (
        <ShapeEditor key={editing.name} shape={edited} before={before?.shapes.find(({ name }) => name === editing.name)} output={editing.output} domain={domain} scale={scaleOfLink(shown)} multiclass={shown.link === 'softmax'} disabled={disabled} onEdit={(edit) => draft.setEdits([...draft.edits, edit])} onClose={() => setEditing(null)} />
      )}
    </ShapesPanel>
  )
}
