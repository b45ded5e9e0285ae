import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { digits, interval, plain, signed } from '#studio/lib/numbers.ts'
import { type Domain, linear, valueAt } from '#studio/lib/scales.ts'
import { CurveDrawing } from './curve-drawing.tsx'
import styles from './plots.module.css'
import { TableOnDemand } from './plot-frame.tsx'
import { type ApartSlot, endsOf, type ScoreScale, type ShapeStep, stepDomain } from './shape-data.ts'
import { leftRoom, rightRoom } from './shape-axes.tsx'
import { usePlotWidth } from './use-plot-width.ts'
import { useReadout } from './use-readout.ts'

/** Another curve of the same term: without its direction or before an edit (dashed), or of another model. */
export interface OtherCurve {
  readonly name: string
  readonly look: 'dashed' | 'other'
  readonly steps: readonly ShapeStep[]
}

export interface ShapeCurveProps {
  readonly label: string
  /** Of the feature, with its unit; stands under the axis. */
  readonly name: string
  /** Under the axis, where that says more than the name. */
  readonly axis?: string
  readonly steps: readonly ShapeStep[]
  readonly apart?: readonly ApartSlot[]
  readonly others?: readonly OtherCurve[]
  /** One for all terms of the model. */
  readonly domain: Domain
  readonly scale: ScoreScale
  /** Steps that an edit would change: from the first to the last of them. */
  readonly selected?: readonly [number, number] | null
  /** Makes the plot a place to select in: drag, or Enter at the cursor and Enter again at the other end. */
  readonly onSelect?: (steps: readonly [number, number]) => void
  readonly height?: number
}

const apartWidth = 46

/** What one number says: a step line with its band, hatching where few rows are, and the rows below. */
export function ShapeCurve(props: ShapeCurveProps) {
  const { label, name, steps, apart = [], domain, scale, height = 190 } = props
  const [box, width] = usePlotWidth()
  const known = apart.filter(({ rows, score }) => rows > 0 || score !== 0)
  const area = { left: leftRoom(domain), right: width - rightRoom(scale) - known.length * apartWidth, top: 10, bottom: height - 72 }
  const range = stepDomain(steps)
  const find = (x: number) => stepAt(steps, range, valueAt(range, [area.left, area.right], x))
  const readout = useReadout({ label, count: steps.length, describe: (index) => describeStep(steps[index], name, scale), find })
  const drag = useDrag(readout.at, find, props.onSelect)
  return (
    <div className={styles.frame}>
      <div ref={box} {...readout.props} {...drag.handlers(readout.props.onKeyDown)} className={styles.pointing}>
        <svg className={styles.plot} width="100%" height={height} aria-hidden="true">
          {width > 0 ? <CurveDrawing {...props} apart={known} area={area} range={range} height={height} at={readout.at} selected={drag.pending(readout.at) ?? props.selected ?? null} x={linear(range, [area.left, area.right])} /> : null}
        </svg>
      </div>
      <div className={styles.under}>
        <p className={styles.readout} aria-hidden="true">{readout.at === null ? '' : describeStep(steps[readout.at], name, scale)}</p>
        <TableOnDemand label={label} table={tableOf(steps, known)} />
      </div>
    </div>
  )
}

function useDrag(at: number | null, find: (x: number) => number | null, onSelect: ShapeCurveProps['onSelect']) {
  const [start, setStart] = useState<number | null>(null)
  const finish = (end: number | null) => {
    if (start !== null && end !== null) onSelect?.(start < end ? [start, end] : [end, start])
    setStart(null)
  }
  return {
    pending: (end: number | null): readonly [number, number] | null => (start === null || end === null ? null : start < end ? [start, end] : [end, start]),
    handlers: (onKeyDown: (event: KeyboardEvent) => void) =>
      onSelect === undefined
        ? {}
        : {
            onKeyDown: (event: KeyboardEvent) => {
              if (event.key === 'Enter' && at !== null) {
                event.preventDefault()
                if (start === null) setStart(at)
                else finish(at)
              } else if (event.key === 'Escape') setStart(null)
              else onKeyDown(event)
            },
            onPointerDown: (event: PointerEvent) => setStart(find(event.clientX - event.currentTarget.getBoundingClientRect().left)),
            onPointerUp: (event: PointerEvent) => finish(find(event.clientX - event.currentTarget.getBoundingClientRect().left)),
          },
  }
}

/** The step that holds a value. */
export function stepAt(steps: readonly ShapeStep[], range: Domain, value: number): number | null {
  const found = steps.findIndex((step) => value <= endsOf(step, range)[1])
  return steps.length === 0 ? null : found < 0 ? steps.length - 1 : found
}

/** A step in words: tenure above 12 to 24: +0.31 [0.22, 0.40], odds × 1.36, 812 rows. */
export function describeStep(step: ShapeStep | undefined, name: string, scale: ScoreScale): string {
  if (step === undefined) return ''
  const factor = scale === 'value' ? '' : `, ${scale === 'log-odds' ? 'odds ' : ''}× ${digits(Math.exp(step.score))}`
  const band = step.low === null || step.high === null ? '' : ` ${interval([step.low, step.high], (value) => signed(value, 2))}`
  return `${name} ${rangeText(step)}: ${signed(step.score, 2)}${band}${factor}${Number.isNaN(step.rows) ? '' : `, ${step.rows.toLocaleString('en-US')} rows`}`
}

export function rangeText({ from, to }: Pick<ShapeStep, 'from' | 'to'>): string {
  if (from === null) return to === null ? 'any' : `up to ${plain(to)}`
  return to === null ? `above ${plain(from)}` : `above ${plain(from)} to ${plain(to)}`
}

function tableOf(steps: readonly ShapeStep[], apart: readonly ApartSlot[]) {
  const lines = steps.map((step) => [rangeText(step), signed(step.score, 3), step.low === null || step.high === null ? 'none' : interval([step.low, step.high], (value) => signed(value, 3)), Number.isNaN(step.rows) ? 'not known' : step.rows.toLocaleString('en-US')])
  return { head: ['range', 'score', '95 % band', 'rows'], rows: [...lines, ...apart.map(({ name, score, rows }) => [name, signed(score, 3), 'none', rows.toLocaleString('en-US')])] }
}
