import type { PreviewSpecAnswer } from '#sdk/client'
import { Note } from '#studio/components/note.tsx'
import { StatTable } from '#studio/components/stat-table.tsx'
import { count, counted } from '#studio/lib/numbers.ts'
import { Cell } from './cell.tsx'

type Previewed = PreviewSpecAnswer['steps'][number]

/** What the steps did to real rows: counts, cells that changed, and what would be refused. */
export function StepPreview({ answer }: { readonly answer: PreviewSpecAnswer }) {
  return (
    <div className="stack" aria-live="polite">
      {answer.safety_errors.map((error) => <Note key={error} tone="stop">{error}</Note>)}
      <p className="sub">
        Tried on {counted(answer.rows_before, 'row')}{answer.sampled ? ` of ${count(answer.rows_total)}` : ''}; {counted(answer.output_columns.length, 'column')} come out.
      </p>
      {answer.steps.map((step) => <PreviewedStep key={step.step_id} step={step} />)}
    </div>
  )
}

function PreviewedStep({ step }: { readonly step: Previewed }) {
  const added = step.delta.added
  const cells = step.sample.slice(0, 5).flatMap((row, i) => changed(row, i))
  return (
    <section className="stack" aria-label={step.step_id}>
      <p><b className="strong">{step.step_id}</b> <span className="soft">{step.step_type}: {counted(step.rows_changed, 'row')} changed, {counted(step.nulls_filled, 'gap')} filled{added.length === 0 ? '' : `, adds ${added.join(', ')}`}{step.learns ? '. It learns from rows: in the run from training rows only.' : '.'}</span></p>
      {step.error === null ? null : <Note tone="stop">{step.error}</Note>}
      {[...step.warnings, ...step.serving_warnings].map((warning) => <Note key={warning} tone="held">{warning}</Note>)}
      {cells.length === 0 ? null : (
        <StatTable
          caption={`Cells that ${step.step_id} changes`}
          rows={cells}
          keyOf={({ key }) => key}
          columns={[
            { key: 'column', head: 'Column', cell: ({ column }) => <code>{column}</code> },
            { key: 'before', head: 'before', cell: ({ before }) => <del><Cell value={before} /></del> },
            { key: 'after', head: 'after', cell: ({ after }) => <ins><Cell value={after} /></ins> },
          ]}
        />
      )}
    </section>
  )
}

function changed({ before, after }: Previewed['sample'][number], row: number) {
  return Object.keys(after)
    .filter((column) => JSON.stringify(before[column] ?? null) !== JSON.stringify(after[column]))
    .map((column) => ({ key: `${row}:${column}`, column, before: before[column], after: after[column] }))
}
