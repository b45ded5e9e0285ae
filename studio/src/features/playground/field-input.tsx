import { Autocomplete, NumberInput, TextInput } from '@mantine/core'
import { useId } from 'react'
import type { DeploymentFieldAnswer } from '#sdk/client'
import { Segments } from '#studio/components/segments.tsx'
import { RangeInput } from './range-input.tsx'
import styles from './playground.module.css'

interface FieldInputProps {
  readonly field: DeploymentFieldAnswer
  readonly value: unknown
  /** What the model found odd about this value. */
  readonly warning: string | null
  readonly onChange: (value: unknown) => void
}

/** One column of the row, by what it holds: a slider over its range, a few levels side by side, or text with suggestions. */
export function FieldInput({ field, value, warning, onChange }: FieldInputProps) {
  const id = useId()
  const { name, range } = field
  const missing = value === null || value === undefined || value === ''
  return (
    <div className={styles.field} data-field={name}>
      <div className={styles.fieldHead}>
        {isFew(field) ? <span id={id} className="cut">{name}</span> : <label htmlFor={id} className="cut">{name}</label>}
        {warning === null ? null : <span className={styles.badge} title={warning}>{warning}</span>}
        {missing && warning === null ? <span className={styles.badge}>missing</span> : null}
        {range === null ? null : <NumberInput id={id} className={styles.number} hideControls decimalScale={6} value={typeof value === 'number' || typeof value === 'string' ? value : ''} onChange={(next) => onChange(next === '' ? null : next)} aria-invalid={warning !== null} />}
      </div>
      {range === null ? <Words field={field} id={id} value={value} onChange={onChange} /> : <RangeInput name={name} range={range} whole={field.type === 'integer'} value={typeof value === 'number' ? value : null} onChange={onChange} />}
    </div>
  )
}

/** Few enough, and short enough, to stand side by side. */
export function isFew({ levels, distinct, type }: DeploymentFieldAnswer): boolean {
  if (type === 'boolean') return true
  return levels !== null && distinct >= 2 && distinct <= 3 && levels.every(({ level }) => level.length <= 16)
}

interface WordsProps {
  readonly field: DeploymentFieldAnswer
  readonly id: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

function Words({ field, id, value, onChange }: WordsProps) {
  const text = value === null || value === undefined ? '' : String(value)
  if (isFew(field)) {
    const levels = (field.levels ?? []).map(({ level }) => level)
    // Pressed again, a level is taken back, and the value is missing.
    return <div className={styles.levels}><Segments label={field.name} value={text} options={levels.map((level) => ({ value: level, label: level }))} onChange={(next) => onChange(next === text ? null : field.type === 'boolean' ? next === 'true' : next)} /></div>
  }
  const empty = (next: string) => onChange(next === '' ? null : next)
  if (field.levels === null || field.distinct > (field.levels.length || 0)) {
    const placeholder = field.dates === null ? (field.levels?.[0]?.level ?? '') : `${field.dates.min} to ${field.dates.max}`
    return <TextInput id={id} value={text} placeholder={placeholder} onChange={(event) => empty(event.target.value)} />
  }
  return <Autocomplete id={id} value={text} data={field.levels.map(({ level }) => level)} limit={60} maxDropdownHeight={260} onChange={empty} />
}
