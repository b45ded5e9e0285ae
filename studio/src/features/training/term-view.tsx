import { Legend, type LegendMark } from '#studio/components/plots/legend.tsx'
import { PairHeatmap } from '#studio/components/plots/pair-heatmap.tsx'
import { ShapeBars } from '#studio/components/plots/shape-bars.tsx'
import { ShapeCurve } from '#studio/components/plots/shape-curve.tsx'
import type { ScoreScale } from '#studio/components/plots/shape-data.ts'
import type { Domain } from '#studio/lib/scales.ts'
import { type AnyShape, apartOf, gridOf, isCurve, levelsOf, stepsOf } from '#studio/components/plots/model-shapes.ts'

export interface TermViewProps {
  readonly shape: AnyShape
  /** The same term without direction or edits, where it differs. */
  readonly before?: AnyShape | undefined
  readonly output: number
  readonly domain: Domain
  readonly scale: ScoreScale
  readonly height?: number
  readonly selected?: readonly [number, number] | null
  readonly onSelect?: (steps: readonly [number, number]) => void
}

/** One term, drawn as its kind asks for. */
export function TermView({ shape, before, output, domain, scale, height, selected, onSelect }: TermViewProps) {
  const size = height === undefined ? {} : { height }
  if (!isCurve(shape)) return <PairHeatmap label={`Pair ${shape.name}`} {...gridOf(shape, output)} domain={domain} {...size} />
  const earlier = before === undefined || !isCurve(before) ? undefined : before
  if (shape.kind === 'category') {
    return <ShapeBars label={`Shape of ${shape.name}`} name={shape.name} levels={levelsOf(shape, output)} apart={apartOf(shape, output)} ordered={shape.ordered} domain={domain} scale={scale} {...(earlier === undefined ? {} : { others: levelsOf(earlier, output) })} {...size} />
  }
  const others = earlier === undefined ? [] : [{ name: 'before', look: 'dashed' as const, steps: stepsOf(earlier, output) }]
  // A straight line knows its mean and spread, not where the values end.
  const axis = shape.line === null ? {} : { axis: `${shape.name}, mean ± 2.5 sd` }
  return <ShapeCurve label={`Shape of ${shape.name}`} name={shape.name} {...axis} steps={stepsOf(shape, output)} apart={apartOf(shape, output)} others={others} domain={domain} scale={scale} selected={selected ?? null} {...(onSelect === undefined ? {} : { onSelect })} {...size} />
}

const scaleWords: Readonly<Record<ScoreScale, string>> = { 'log-odds': 'log-odds, left axis; × odds, right', log: 'logarithm, left axis; × factor, right', value: 'what it adds, in units of the target' }

export function ShapeLegend({ scale, compares }: { readonly scale: ScoreScale; readonly compares: string | null }) {
  const items: { mark: LegendMark; text: string }[] = [{ mark: 'line', text: scaleWords[scale] }, { mark: 'band', text: '95 % band' }]
  if (compares !== null) items.push({ mark: 'dashed', text: compares })
  return <Legend items={[...items, { mark: 'density', text: 'training rows' }, { mark: 'hatch', text: 'under 25 rows' }]} />
}
