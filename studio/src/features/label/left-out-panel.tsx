import { Switch } from '@mantine/core'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { StatTable } from '#studio/components/stat-table.tsx'
import { count, counted } from '#studio/lib/numbers.ts'
import type { LabelEffect, labelEvidence } from './label-card.ts'

type Found = ReturnType<typeof labelEvidence>

interface LeftOutPanelProps {
  readonly leftOut: LabelEffect['left_out']
  readonly proofs: Found['proofs']
  readonly leaks: Found['leaks']
  readonly keep: readonly string[]
  readonly disabled: boolean
  readonly onKeep: (column: string) => void
}

/** Columns that say the label, with the rows that prove it, and a switch to keep one all the same. */
export function LeftOutPanel({ leftOut, proofs, leaks, keep, disabled, onKeep }: LeftOutPanelProps) {
  if (leftOut.length === 0 && leaks.length === 0) return <Panel title="Leaks"><p className="soft">No column was found that says the label in other words.</p></Panel>
  return (
    <Panel title={leftOut.length === 0 ? 'What may give the label away' : `${counted(leftOut.length, 'column')} left out, for saying the label`}>
      <div className="stack loose">
        {leftOut.map(({ column, name, text }) => (
          <section key={column} className="stack" aria-label={name}>
            <Note tone="stop" glyph="leak"><b className="strong">{name}</b> <span className="soft">{text}</span></Note>
            <Cross rows={proofs.find((proof) => proof.column === name)?.cross ?? null} name={name} />
            <Switch label={`Keep ${name} all the same`} checked={keep.includes(name)} disabled={disabled} onChange={() => onKeep(name)} />
          </section>
        ))}
        {leaks.map(({ label, text, rows }) => (
          <section key={`${label}${text}`} className="stack">
            <Note tone="held">{text}</Note>
            {rows.length === 0 ? null : (
              <StatTable caption="Rows of the file that show it, by zero-based row number" rows={rows} keyOf={({ row, column }) => `${row}:${column}`} columns={[
                { key: 'row', head: 'Row', numeric: true, cell: ({ row }) => count(row) },
                { key: 'column', head: 'Column', cell: ({ column }) => <code>{column}</code> },
                { key: 'value', head: 'Value', cell: ({ before }) => <code>{before === null ? 'missing' : String(before)}</code> },
              ]} />
            )}
          </section>
        ))}
      </div>
    </Panel>
  )
}

const mostRows = 12

function Cross({ rows, name }: { readonly rows: Found['proofs'][number]['cross']; readonly name: string }) {
  if (rows === null || rows.length === 0) return null
  return (
    <StatTable caption={`Values of ${name} by label`} rows={rows.slice(0, mostRows)} keyOf={({ value, label }) => `${String(value)}:${String(label)}`} columns={[
      { key: 'value', head: name, cell: ({ value }) => <code>{String(value)}</code> },
      { key: 'label', head: 'label', cell: ({ label }) => <code>{String(label)}</code> },
      { key: 'rows', head: 'rows', numeric: true, cell: ({ rows: own }) => count(own) },
    ]} />
  )
}
