import type { OptionAnswer } from '#sdk/client'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { StatTable } from '#studio/components/stat-table.tsx'
import { count } from '#studio/lib/numbers.ts'
import { Cell } from './cell.tsx'
import { StepRows } from './step-rows.tsx'
import { changedCells, effectOf, type ChangedCell } from './profile.ts'

/** The selected step: rows before and after, what was counted, what speaks against it, and what it is in the spec. */
export function StepDetail({ option, datasetId }: { readonly option: OptionAnswer; readonly datasetId: string | null }) {
  const cells = changedCells(option.evidence)
  const facts = option.evidence.filter(({ data, text }) => changedCells([{ data }]).length === 0 && text !== '' && !option.summary.startsWith(text))
  const { steps, leftOut } = effectOf(option.effect)
  return (
    <Panel title={option.title}>
      <div className="stack loose">
        <p className="soft">{option.summary}</p>
        {option.risks.map((risk) => <Note key={risk} tone="held">{risk}</Note>)}
        {cells.length === 0 ? null : <Cells cells={cells} />}
        {datasetId === null || steps.length === 0 ? null : <StepRows datasetId={datasetId} steps={steps} />}
        {facts.length === 0 ? null : (
          <ul className="stack">
            {facts.map(({ label, text }) => <li key={`${label}${text}`}><b className="strong">{label.replaceAll('_', ' ')}</b> <span className="soft">{text}</span></li>)}
          </ul>
        )}
        <Note>
          {steps.length === 0
            ? `No cell changes. ${leftOut.length === 0 ? '' : 'The model does without this column; the table keeps it.'}`
            : 'Downstream: the label, the features and the model see the column as it is after this step. Every row that is predicted later goes through it too.'}
        </Note>
        {steps.length === 0 ? null : (
          <details>
            <summary className="sub">As steps of the spec</summary>
            <pre>{JSON.stringify(steps, null, 2)}</pre>
          </details>
        )}
      </div>
    </Panel>
  )
}

function Cells({ cells }: { readonly cells: readonly ChangedCell[] }) {
  return (
    <StatTable
      caption="Rows of the file before and after, by zero-based row number"
      rows={cells}
      keyOf={({ row, column }) => `${row}:${column}`}
      columns={[
        { key: 'row', head: 'Row', numeric: true, cell: ({ row }) => count(row) },
        { key: 'column', head: 'Column', cell: ({ column }) => <code>{column}</code> },
        { key: 'before', head: 'before', cell: ({ before }) => <del><Cell value={before} /></del> },
        { key: 'after', head: 'after', cell: ({ after }) => <ins><Cell value={after} /></ins> },
      ]}
    />
  )
}
