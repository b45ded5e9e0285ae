import { IntervalRow, ScaleHead, scaleOf } from '#studio/components/interval-row.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { useKeys } from '#studio/lib/use-keys.ts'
import { type BoardRow, type TrainingContext, writeMetric } from './card-data.ts'
import styles from './training.module.css'
import { differenceWords, verdictOf } from './words.ts'

interface BoardProps {
  readonly rows: readonly BoardRow[]
  readonly context: TrainingContext
  readonly choice: number | null
  readonly disabled: boolean
  readonly onChoose: (index: number) => void
}

/** The trainers on one scale, the baseline always among them. */
export function Board({ rows, context, choice, disabled, onChoose }: BoardProps) {
  const { metric } = context
  const write = writeMetric(metric.name)
  const contenders = rows.filter(({ trainer }) => trainer !== 'dummy')
  const shown = contenders.length === 0 ? rows : contenders
  const scale = scaleOf(shown.flatMap(({ interval, value }) => (interval !== null ? [interval] : value !== null ? [[value, value] as const] : [])), null)
  const zero = rows.find(({ recommended }) => recommended)?.value ?? null
  const move = (by: number) => {
    const next = shown[Math.min(shown.length - 1, Math.max(0, shown.findIndex(({ index }) => index === choice) + by))]
    if (next !== undefined && !disabled) onChoose(next.index)
  }
  useKeys({ j: () => move(1), k: () => move(-1) })
  const title = `${metric.title[0]?.toUpperCase() ?? ''}${metric.title.slice(1)}`
  const [calibrated, timed] = [rows.some(({ calibration }) => calibration !== null), rows.some(({ time }) => time !== null)]
  const thousandths = metric.name !== 'rmse' && metric.name !== 'mae'
  return (
    <Panel flush label="Trainers" footer={<>{context.cross_validation.folds} paired folds on {context.cross_validation.rows.toLocaleString('en-US')} training rows. Bars and brackets: 95 % interval. Difference: against the best, positive is better. Gap: on rows learnt from, less on others.{calibrated ? ' Calib.: how far a probability is off on average.' : ''}{timed ? ' Fit: seconds that threads were busy, all folds together.' : ''}</>}>
      <table className={`list ${styles.board}`}>
        <thead>
          <tr>
            <th scope="col"><span className="hide">Take</span></th>
            <th scope="col">Trainer</th>
            <th scope="col" className={styles.plot}><span className="hide">{metric.title} with its interval</span><ScaleHead scale={scale} write={write} ticks={3} /></th>
            <th scope="col" className="num">{title}</th>
            {calibrated ? <th scope="col" className="num">Calib.</th> : null}
            <th scope="col" className="num">Gap</th>
            {timed ? <th scope="col" className="num">Fit</th> : null}
            <th scope="col">Difference{thousandths ? ' × 0.001' : ''}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.trainer} aria-selected={row.index === choice} onClick={() => { if (row.trainer !== 'dummy' && !disabled) onChoose(row.index) }}>
              <td>{row.trainer === 'dummy' ? null : <input type="radio" name="trainer" className={styles.radio} aria-label={`Take ${row.title}`} checked={row.index === choice} disabled={disabled} onChange={() => onChoose(row.index)} />}</td>
              <td className={styles.name}><span className="strong">{row.title}</span><span className="sub">{row.parts}</span></td>
              <td className={styles.plot}>{row.value === null ? <span className="sub">not measured</span> : <IntervalRow scale={scale} value={row.value} interval={row.interval} zero={zero} look={row.trainer === 'dummy' ? 'covers' : row.recommended ? 'clear' : 'other'} />}</td>
              <Figure head={title} value={row.value} write={write} />
              {calibrated ? <Figure head="Calibration" value={row.calibration} write={writeMetric('auc')} /> : null}
              <Figure head="Gap" value={row.gap} write={write} />
              {timed ? <td className="num" data-head="Fit">{row.time ?? <span className="sub">not kept</span>}</td> : null}
              <td className={styles.verdict}><Verdict row={row} metric={metric.name} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Figure({ head, value, write }: { readonly head: string; readonly value: number | null; readonly write: (value: number) => string }) {
  return <td className="num" data-head={head}>{value === null ? <span className="sub">none</span> : write(value)}</td>
}

const words = { same: 'not distinguishable', better: 'better', worse: 'worse' } as const
const glyphs = { same: 'same', better: 'up', worse: 'down' } as const

function Verdict({ row, metric }: { readonly row: BoardRow; readonly metric: string }) {
  const { difference } = row
  if (row.trainer === 'dummy') return <><span className="sub">baseline to beat</span>{difference === null ? null : <span className="sub">{differenceWords(metric, { value: difference.value, bounds: difference.interval })}</span>}</>
  const verdict = difference === null ? null : verdictOf(difference.interval)
  return (
    <>
      {row.recommended ? <Tag tone="clear" glyph="clear">recommended</Tag> : null}
      {verdict === null ? (row.recommended ? null : <span className="sub">the best mean</span>) : <span className={styles.said}><Glyph name={glyphs[verdict]} />{words[verdict]}</span>}
      {difference === null ? null : <span className="sub">{differenceWords(metric, { value: difference.value, bounds: difference.interval })}</span>}
    </>
  )
}
