import { useEffect, useRef, useState } from 'react'
import { Button } from '#studio/components/button.tsx'
import { Note } from '#studio/components/note.tsx'
import type { ScoreScale } from '#studio/components/plots/shape-data.ts'
import type { Domain } from '#studio/lib/scales.ts'
import { EditFields, emptyFields, type Fields } from './edit-fields.tsx'
import { type Edit, type Verb, verbWords } from './edits.ts'
import { type AnyShape, isCurve } from '#studio/components/plots/model-shapes.ts'
import { TermView } from './term-view.tsx'
import styles from './training.module.css'

interface ShapeEditorProps {
  readonly shape: AnyShape
  readonly before: AnyShape | undefined
  readonly output: number
  readonly domain: Domain
  readonly scale: ScoreScale
  readonly multiclass: boolean
  readonly disabled: boolean
  readonly onEdit: (edit: Edit) => void
  readonly onClose: () => void
}

/** A term large, with what can be done to it. What an edit does is measured by the server before it is decided. */
export function ShapeEditor({ shape, before, output, domain, scale, multiclass, disabled, onEdit, onClose }: ShapeEditorProps) {
  const verbs = verbsOf(shape, multiclass)
  const [verb, setVerb] = useState<Verb>(verbs[0] ?? 'remove')
  const [fields, setFields] = useState<Fields>(emptyFields)
  const edit = editOf(shape, verb, fields)
  const top = useRef<HTMLElement>(null)
  // It opens above the terms: whoever asked for it far below is taken along.
  useEffect(() => {
    top.current?.focus()
    top.current?.scrollIntoView({ block: 'center' })
  }, [])
  const select = ([first, last]: readonly [number, number]) => {
    if (!isCurve(shape)) return
    setFields((held) => ({ ...held, from: shape.steps[first]?.from ?? null, to: shape.steps[last]?.to ?? null }))
  }
  return (
    <section ref={top} tabIndex={-1} className="stack" aria-label={`Edit ${shape.name}`}>
      <div className="row"><h4 className="grow">Edit <code>{shape.name}</code></h4><Button look="quiet" onClick={onClose}>Close</Button></div>
      <TermView shape={shape} before={before} output={output} domain={domain} scale={scale} height={250} selected={selectedSteps(shape, fields)} onSelect={select} />
      {isCurve(shape) && shape.kind === 'numeric' ? <p className="sub">Drag over the plot to choose a range, or move with the arrows and press Enter at both ends.</p> : null}
      <div className={styles.fields}>
        <label className={styles.field}>What to do
          <select value={verb} onChange={(event) => setVerb(event.currentTarget.value as Verb)}>
            {verbs.map((one) => <option key={one} value={one}>{verbWords[one]}</option>)}
          </select>
        </label>
        <EditFields shape={shape} verb={verb} fields={fields} onChange={setFields} />
        <Button look="firm" disabled={disabled || edit === null} onClick={() => { if (edit !== null) onEdit(edit) }}>Make this edit</Button>
      </div>
      {edit === null ? <Note>Say where or how much first.</Note> : null}
    </section>
  )
}

function verbsOf(shape: AnyShape, multiclass: boolean): Verb[] {
  if (!isCurve(shape)) return ['scale', 'cap', 'remove']
  if (shape.kind === 'slope') return ['scale', 'remove']
  if (shape.kind === 'category') return ['flatten', 'merge-bins', 'scale', 'cap', 'remove']
  return multiclass ? ['flatten', 'smooth', 'merge-bins', 'scale', 'cap', 'remove'] : ['flatten', 'monotonise', 'smooth', 'merge-bins', 'scale', 'cap', 'remove']
}

/** The edit that the fields say; null where they do not say enough. */
function editOf(shape: AnyShape, verb: Verb, fields: Fields): Edit | null {
  const term = [...shape.features]
  const [feature = ''] = term
  const ranged = fields.from !== null || fields.to !== null
  const where = isCurve(shape) && shape.kind === 'category' ? (fields.levels.length === 0 ? null : [{ feature, levels: [...fields.levels] }]) : ranged ? [{ feature, ranges: [{ from: fields.from, to: fields.to }] }] : null
  switch (verb) {
    case 'flatten':
    case 'merge-bins':
      return where === null ? null : { verb, term, where }
    case 'monotonise':
      return { verb, term, direction: fields.direction }
    case 'smooth':
      return fields.strength === null || fields.strength <= 0 ? null : { verb, term, strength: fields.strength }
    case 'scale':
      return fields.factor === null ? null : { verb, term, factor: fields.factor }
    case 'cap':
      return fields.low === null && fields.high === null ? null : { verb, term, ...(fields.low === null ? {} : { low: fields.low }), ...(fields.high === null ? {} : { high: fields.high }) }
    case 'remove':
      return { verb, term }
  }
}

function selectedSteps(shape: AnyShape, { from, to }: Fields): readonly [number, number] | null {
  if (!isCurve(shape) || shape.kind !== 'numeric' || (from === null && to === null)) return null
  const inside = shape.steps.flatMap((step, index) => ((from === null || (step.from ?? Number.NEGATIVE_INFINITY) >= from) && (to === null || (step.to ?? Number.POSITIVE_INFINITY) <= to) ? [index] : []))
  const [first] = inside
  const last = inside.at(-1)
  return first === undefined || last === undefined ? null : [first, last]
}
