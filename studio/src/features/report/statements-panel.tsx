import { Textarea } from '@mantine/core'
import { Panel } from '#studio/components/panel.tsx'
import type { ReportStatement } from './report-card.ts'

interface StatementsPanelProps {
  readonly statements: readonly ReportStatement[]
  readonly said: Readonly<Record<string, string>>
  readonly disabled: boolean
  readonly onChange: (name: string, text: string) => void
}

const first = 3

/** What only people can say. What is left empty stands in the report as not provided. */
export function StatementsPanel({ statements, said, disabled, onChange }: StatementsPanelProps) {
  const given = Object.values(said).filter((text) => text.trim() !== '').length
  const field = ({ name, title, asks, by }: ReportStatement) => (
    <Textarea key={name} label={title} description={`${asks} By ${by}.`} autosize minRows={1} maxRows={6} maxLength={5_000} disabled={disabled} value={said[name] ?? ''} onChange={(event) => onChange(name, event.target.value)} />
  )
  return (
    <Panel title="What only people can say" aside={`${given} of ${statements.length}`}>
      <div className="stack loose">
        {statements.slice(0, first).map(field)}
        {statements.length <= first ? null : (
          <details>
            <summary className="sub">{statements.length - first} further statements, as the technical documentation of the AI Act asks for them</summary>
            <div className="stack loose">{statements.slice(first).map(field)}</div>
          </details>
        )}
      </div>
    </Panel>
  )
}
