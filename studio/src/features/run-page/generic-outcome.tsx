import { StatTable } from '#studio/components/stat-table.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Tag } from '#studio/components/tag.tsx'
import type { OutcomeProps } from '#studio/lib/phase-feature.ts'

/** What was decided at a stop that is through, among what was offered. */
export function GenericOutcome({ decision }: OutcomeProps) {
  const taken = new Set(decision.taken)
  if (decision.options.length === 0) return null
  return (
    <Panel title="What was offered">
      <StatTable
        caption="Options of this decision"
        rows={decision.options}
        keyOf={({ id }) => id}
        columns={[
          { key: 'title', head: 'Option', cell: ({ title, summary }) => <><span className="strong">{title}</span> <span className="sub">{summary}</span></> },
          { key: 'recommended', head: 'Recommended', cell: ({ recommended }) => (recommended ? 'yes' : '') },
          { key: 'taken', head: 'Taken', cell: ({ title }) => (taken.has(title) ? <Tag tone="clear" glyph="clear">taken</Tag> : <span className="sub">not taken</span>) },
        ]}
      />
    </Panel>
  )
}
