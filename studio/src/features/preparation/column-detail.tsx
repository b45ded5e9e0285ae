import { LevelBars } from '#studio/components/plots/level-bars.tsx'
import { NumberSpread } from '#studio/components/plots/number-spread.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { count, plain, share } from '#studio/lib/numbers.ts'
import { kindOf } from './columns-panel.tsx'
import type { ColumnProfile } from './profile.ts'

/** So few values are told one by one, and by no histogram. */
const fewValues = 5

/** One column: how it lies, its quantiles, its most frequent values, and what is missing. */
export function ColumnDetail({ column, rows, notes }: { readonly column: ColumnProfile; readonly rows: number; readonly notes: readonly string[] }) {
  const { numeric, text, top } = column
  const seen = top.flatMap(({ value, count: own }) => (value === null ? [] : [{ level: value, rows: own }]))
  const shown = seen.reduce((sum, level) => sum + level.rows, 0)
  const left = column.distinct - seen.length
  return (
    <Panel title={<code>{column.name}</code>} aside={kindOf(column.type).words}>
      <div className="stack loose">
        <dl className="facts">
          <div><dt>rows</dt><dd>{count(rows)}</dd></div>
          <div><dt>missing</dt><dd>{column.missing === 0 ? 'none' : `${count(column.missing)} (${share(column.missing / Math.max(1, rows))})`}</dd></div>
          <div><dt>distinct</dt><dd>{count(column.distinct)}</dd></div>
          {numeric === null ? null : <div><dt>zeros</dt><dd>{count(numeric.zeros)}</dd></div>}
          {numeric === null ? null : <div><dt>mean</dt><dd>{plain(numeric.mean)}</dd></div>}
          {numeric === null || numeric.sd === null ? null : <div><dt>sd</dt><dd>{plain(numeric.sd)}</dd></div>}
          {text === null ? null : <div><dt>length</dt><dd>{text.shortest === text.longest ? count(text.shortest) : `${count(text.shortest)} to ${count(text.longest)}`}</dd></div>}
          {text === null || text.padded === 0 ? null : <div><dt>with blanks around</dt><dd>{count(text.padded)}</dd></div>}
        </dl>
        {notes.map((note) => <p key={note} className="soft">{note}</p>)}
        {numeric === null || (left <= 0 && seen.length <= fewValues) ? null : <NumberSpread name={column.name} numbers={numeric} />}
        {seen.length === 0 ? null : (
          <div className="stack">
            <h4 className="strong">{left > 0 ? 'Most frequent values' : 'Values'}</h4>
            <LevelBars label={`Values of ${column.name}`} levels={seen} rows={rows} {...(left > 0 ? { others: { levels: left, rows: Math.max(0, rows - column.missing - shown) } } : {})} />
          </div>
        )}
      </div>
    </Panel>
  )
}
