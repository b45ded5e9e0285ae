import { useState } from 'react'
import { IntervalRow, ScaleHead } from '#studio/components/interval-row.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { count, interval, plain, share } from '#studio/lib/numbers.ts'
import type { ColumnFairness, FairnessGroup } from './deployment-card.ts'
import styles from './deployment.module.css'

interface FairnessPanelProps {
  readonly columns: readonly { readonly text: string; readonly found: ColumnFairness }[]
}

/** How the model does in each group of a column, against the largest group; columns that differ stand first. */
export function FairnessPanel({ columns }: FairnessPanelProps) {
  const sorted = columns.toSorted((left, right) => apartOf(right.found) - apartOf(left.found))
  const [picked, setPicked] = useState<string | null>(null)
  const shown = sorted.find(({ found }) => found.column === picked) ?? sorted[0]
  if (shown === undefined) return null
  return (
    <Panel flush title="By group" aside={<Columns columns={sorted} shown={shown.found.column} onPick={setPicked} />} footer={shown.text}>
      <Groups found={shown.found} />
    </Panel>
  )
}

interface ColumnsProps extends FairnessPanelProps {
  readonly shown: string
  readonly onPick: (column: string) => void
}

function Columns({ columns, shown, onPick }: ColumnsProps) {
  return (
    <select className={styles.pick} aria-label="Column of the groups" value={shown} onChange={(event) => onPick(event.target.value)}>
      {columns.map(({ found }) => <option key={found.column} value={found.column}>{found.column}{apartOf(found) === 0 ? '' : `, ${apartOf(found)} differ`}{found.input ? '' : ' (not read by the model)'}</option>)}
    </select>
  )
}

function apartOf({ groups }: ColumnFairness): number {
  return groups.filter(({ apart }) => apart).length
}

function Groups({ found }: { readonly found: ColumnFairness }) {
  const { groups, compared, largest } = found
  const measured = groups.flatMap(({ measures }) => measures[compared] ?? [])
  const isShare = measured.every(({ low, high }) => low >= 0 && high <= 1)
  const scale = isShare ? { low: 0, high: Math.max(0.1, ...measured.map(({ high }) => high)) } : { low: Math.min(0, ...measured.map(({ low }) => low)), high: Math.max(0, ...measured.map(({ high }) => high)) }
  const write = isShare ? share : plain
  const reference = groups.find(({ group }) => group === largest)?.measures[compared]?.value ?? null
  return (
    <div className={styles.groups}>
      <table className={`list ${styles.byGroup}`}>
        <caption className="hide">{compared.replaceAll('_', ' ')} by group of {found.column}</caption>
        <thead><tr><th scope="col">Group</th><th scope="col" className="num">Rows</th><th scope="col" className={styles.plot}><span className="hide">Interval</span><ScaleHead scale={scale} write={write} ticks={4} /></th><th scope="col" className="num">{compared.replaceAll('_', ' ')}</th><th scope="col">Verdict</th></tr></thead>
        <tbody>
          {groups.map((group) => {
            const measure = group.measures[compared] ?? null
            return (
              <tr key={group.group}>
                <td><code>{group.group}</code>{group.group === largest ? <span className="sub">largest</span> : null}</td>
                <td className="num">{count(group.rows)}<span className="only-phone sub">rows</span></td>
                <td className={styles.plot}>{measure === null ? <span className="sub">{group.verdict === 'too few' ? 'too few rows' : 'not measured'}</span> : <IntervalRow scale={scale} value={measure.value} interval={[measure.low, measure.high]} look={group.apart ? 'clear' : 'covers'} zero={reference} />}</td>
                <td className="num">{measure === null ? '' : <>{write(measure.value)} <span className="sub">{interval([measure.low, measure.high], write)}</span></>}</td>
                <td><Verdict group={group} largest={group.group === largest} /></td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Verdict({ group, largest }: { readonly group: FairnessGroup; readonly largest: boolean }) {
  if (largest || group.verdict === 'too few') return null
  if (!group.apart) return <Tag tone="plain" glyph="same">no difference told</Tag>
  const ratio = group.ratio === null ? '' : `, ratio ${group.ratio.toFixed(2)}`
  return <Tag tone="held" glyph="care">differs{ratio}{group.four_fifths === 'below' || group.four_fifths === 'above' ? ', past four fifths' : ''}</Tag>
}
