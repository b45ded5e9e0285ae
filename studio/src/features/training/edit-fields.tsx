import type { Verb } from './edits.ts'
import { type AnyShape, isCurve } from '#studio/components/plots/model-shapes.ts'
import styles from './training.module.css'

/** What a person filled in; only what the verb reads is heeded. */
export interface Fields {
  readonly from: number | null
  readonly to: number | null
  readonly levels: readonly string[]
  readonly direction: 'increasing' | 'decreasing'
  readonly strength: number | null
  readonly factor: number | null
  readonly low: number | null
  readonly high: number | null
}

export const emptyFields: Fields = { from: null, to: null, levels: [], direction: 'increasing', strength: 10, factor: 0.5, low: null, high: null }

interface EditFieldsProps {
  readonly shape: AnyShape
  readonly verb: Verb
  readonly fields: Fields
  readonly onChange: (fields: Fields) => void
}

/** The fields that a verb needs. */
export function EditFields({ shape, verb, fields, onChange }: EditFieldsProps) {
  const set = (part: Partial<Fields>) => onChange({ ...fields, ...part })
  if (verb === 'flatten' || verb === 'merge-bins') {
    if (isCurve(shape) && shape.kind === 'category') return <Levels shape={shape} fields={fields} onChange={set} />
    return (
      <>
        <NumberField label="Above" value={fields.from} onChange={(from) => set({ from })} />
        <NumberField label="Up to" value={fields.to} onChange={(to) => set({ to })} />
      </>
    )
  }
  if (verb === 'monotonise') {
    return (
      <label className={styles.field}>Direction
        <select value={fields.direction} onChange={(event) => set({ direction: event.currentTarget.value === 'decreasing' ? 'decreasing' : 'increasing' })}>
          <option value="increasing">rises</option>
          <option value="decreasing">falls</option>
        </select>
      </label>
    )
  }
  if (verb === 'smooth') return <NumberField label="Strength" value={fields.strength} onChange={(strength) => set({ strength })} />
  if (verb === 'scale') return <NumberField label="Factor" value={fields.factor} onChange={(factor) => set({ factor })} />
  if (verb !== 'cap') return null
  return (
    <>
      <NumberField label="At least" value={fields.low} onChange={(low) => set({ low })} />
      <NumberField label="At most" value={fields.high} onChange={(high) => set({ high })} />
    </>
  )
}

function NumberField({ label, value, onChange }: { readonly label: string; readonly value: number | null; readonly onChange: (value: number | null) => void }) {
  return (
    <label className={styles.field}>{label}
      <input type="number" step="any" value={value ?? ''} placeholder="open" onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.valueAsNumber)} />
    </label>
  )
}

function Levels({ shape, fields, onChange }: { readonly shape: AnyShape; readonly fields: Fields; readonly onChange: (part: Partial<Fields>) => void }) {
  if (!isCurve(shape)) return null
  const levels = shape.steps.flatMap((step) => step.levels)
  return (
    <fieldset className={styles.levels}>
      <legend className="sub">Levels</legend>
      {levels.map((level) => (
        <label key={level}>
          <input type="checkbox" checked={fields.levels.includes(level)} onChange={(event) => onChange({ levels: event.currentTarget.checked ? [...fields.levels, level] : fields.levels.filter((other) => other !== level) })} />
          <code>{level === '' ? '(empty)' : level}</code>
        </label>
      ))}
    </fieldset>
  )
}
