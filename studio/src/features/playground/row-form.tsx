import { useState } from 'react'
import type { DeploymentFormAnswer, PredictionAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { counted } from '#studio/lib/numbers.ts'
import { FieldInput } from './field-input.tsx'
import type { RowDraft } from './use-row.ts'

interface RowFormProps {
  readonly form: DeploymentFormAnswer
  readonly draft: RowDraft
  readonly prediction: PredictionAnswer | null
}

const first = 8

const warningWords = { MISSING_COLUMN: 'missing', UNKNOWN_CATEGORY: 'not in training', OUT_OF_RANGE: 'outside the range' } as const

/** The row to predict: the columns that matter most first, the others on demand. */
export function RowForm({ form, draft, prediction }: RowFormProps) {
  const [all, setAll] = useState(form.fields.length <= first + 2)
  const shown = all ? form.fields : form.fields.slice(0, first)
  const warningOf = (column: string) => {
    const warning = prediction?.warnings?.find((one) => one.column === column)
    if (warning !== undefined) return warningWords[warning.code]
    return prediction?.error?.column === column ? 'cannot be read' : null
  }
  return (
    <Panel title="One row" aside={<Button look="quiet" onClick={draft.next}>Another row</Button>}>
      <div className="stack loose">
        {shown.map((field) => <FieldInput key={field.name} field={field} value={draft.row[field.name]} warning={warningOf(field.name)} onChange={(value) => draft.set(field.name, value)} />)}
        {all ? null : <p className="sub">{counted(form.fields.length - first, 'more column')} at their value in row {draft.begun + 1} of the table. <button type="button" className="go-to" onClick={() => setAll(true)}>Show</button></p>}
      </div>
    </Panel>
  )
}
