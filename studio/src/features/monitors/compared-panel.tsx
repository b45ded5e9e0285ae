import type { CheckMonitorAnswer } from '#sdk/client'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { DriftOverlay } from '#studio/components/plots/drift-overlay.tsx'
import { LevelBars } from '#studio/components/plots/level-bars.tsx'
import { plain, share, signed } from '#studio/lib/numbers.ts'
import { levelsOf, rangesOf } from './bins.ts'
import { VerdictTag } from './verdict-tag.tsx'

type Column = CheckMonitorAnswer['columns'][number]

interface ComparedPanelProps {
  readonly name: string
  readonly compared: Column | NonNullable<CheckMonitorAnswer['prediction']>
  readonly rows: number
}

/** One column, or the prediction, then and now: what moved, and by how much it moves the score. */
export function ComparedPanel({ name, compared, rows }: ComparedPanelProps) {
  const ranges = rangesOf(compared.bins)
  const levels = levelsOf(compared.bins)
  const column = 'column' in compared ? compared : null
  return (
    <Panel title={column === null ? name : <code>{name}</code>} aside={<VerdictTag verdict={compared.verdict} />}>
      <div className="stack loose">
        {ranges === null ? null : <DriftOverlay label={`${name}, reference and current`} name={name} reference={ranges.reference} current={ranges.current} />}
        {levels.length === 0 ? null : (
          <div className="stack">
            <LevelBars label={`Values of ${name}, current rows and their share in the reference`} levels={levels.slice(0, 14)} rows={rows} {...(levels.length > 14 ? { others: { levels: levels.length - 14, rows: levels.slice(14).reduce((sum, one) => sum + one.rows, 0) } } : {})} />
            <p className="sub">Bar: current rows. Mark: their share in the reference.</p>
          </div>
        )}
        <dl className="facts">
          <div><dt>moved</dt><dd>{share(compared.moved_share)} of the rows</dd></div>
          <div><dt>effect on the score</dt><dd>{signed(compared.effect_on_score, 3)}</dd></div>
          <div><dt>by chance</dt><dd>{compared.p_value === null ? 'not told' : compared.p_value < 0.0001 ? 'p under 0.0001' : `p ${plain(compared.p_value)}`}</dd></div>
          {compared.statistic === null || compared.threshold === null ? null : <div><dt>test statistic</dt><dd>{plain(compared.statistic)} against {plain(compared.threshold)}</dd></div>}
          {column === null ? null : <div><dt>missing</dt><dd>{share(column.missing_share)}, was {share(column.reference_missing_share)}</dd></div>}
        </dl>
        {column === null || column.new_categories.length === 0 ? null : <Note tone="held">{share(column.new_category_share)} of the rows hold values that no training row had: {column.new_categories.slice(0, 8).map((level) => <code key={level}>{level} </code>)}</Note>}
        {column?.notes.map((note) => <p key={note} className="sub">{note}</p>)}
      </div>
    </Panel>
  )
}
