import { Select } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { CurveShapeAnswer, ModelShapesAnswer, RunStateAnswer } from '#sdk/client'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Legend } from '#studio/components/plots/legend.tsx'
import { ShapeBars } from '#studio/components/plots/shape-bars.tsx'
import { ShapeCurve } from '#studio/components/plots/shape-curve.tsx'
import { isCurve, levelsOf, scaleOfLink, stepsOf } from '#studio/components/plots/model-shapes.ts'
import { endsOf, scoreDomain, type ShapeLevel, type ScoreScale, type ShapeStep, stepDomain } from '#studio/components/plots/shape-data.ts'
import { Skeleton } from '#studio/components/skeleton.tsx'
import type { Domain } from '#studio/lib/scales.ts'
import { modelQuery } from './compare-queries.ts'
import { namesOf } from './names-of.ts'
import styles from './compare.module.css'

interface ShapesPanelProps {
  readonly one: RunStateAnswer
  readonly other: RunStateAnswer
}

/** The shapes of both models over each other, on one scale. */
export function ShapesPanel({ one, other }: ShapesPanelProps) {
  const [mine, theirs] = useQueries({ queries: [one, other].map(({ results }) => modelQuery(results.version_id ?? '')) })
  const failed = [mine, theirs].find((query) => query?.isError === true)
  if (failed !== undefined) return <Panel title="Shapes" level={2}><ErrorState error={failed.error} onRetry={() => void failed.refetch()} /></Panel>
  if (mine?.data === undefined || theirs?.data === undefined) return <Panel title="Shapes" level={2}><Skeleton rows={6} /></Panel>
  if (mine.data.link !== theirs.data.link) return <Panel title="Shapes" level={2}><p className="soft">The models add up on different scales, so their shapes cannot be laid over each other.</p></Panel>
  return <Overlaid one={one} other={other} models={[mine.data, theirs.data]} />
}

const shownFirst = 8

function Overlaid({ one, other, models: [first, second] }: ShapesPanelProps & { readonly models: readonly [ModelShapesAnswer, ModelShapesAnswer] }) {
  const many = first.link === 'softmax'
  const classes = (many ? first.classes : null) ?? []
  const [wanted, setWanted] = useState<string | null>(null)
  const [all, setAll] = useState(false)
  const output = Math.max(0, classes.indexOf(wanted ?? ''))
  const otherOutput = many ? Math.max(0, second.classes?.indexOf(classes[output] ?? '') ?? 0) : 0
  const pairs = useMemo(() => pairsOf(termsOf(first, output), termsOf(second, otherOutput)), [first, second, output, otherOutput])
  const domain = useMemo(() => scoreDomain(pairs.flatMap(({ left, right }) => [left, right].flatMap((shape) => [...(shape?.steps ?? []), ...(shape?.levels ?? [])]))), [pairs])
  const scale = scaleOfLink(first)
  const names = namesOf(one, other)
  return (
    <Panel title="Shapes" level={2} aside="one scale for all" footer="What single columns add. Terms of two columns are not laid over each other.">
      <div className="stack">
        <div className="row wrap">
          <Legend items={[{ mark: 'line', text: names[0] }, { mark: 'other', text: `${names[1]}, curves` }, { mark: 'dashed', text: `${names[1]}, levels` }]} />
          {many ? <Select label="Class" data={[...classes]} value={classes[output] ?? null} allowDeselect={false} onChange={setWanted} /> : null}
        </div>
        <div className={styles.shapes}>
          {pairs.slice(0, all ? pairs.length : shownFirst).map((pair) => <OverlaidTerm key={pair.feature} pair={pair} names={names} domain={domain} scale={scale} />)}
        </div>
        {pairs.length > shownFirst && !all ? <button type="button" className={styles.more} onClick={() => setAll(true)}>Show all {pairs.length} columns</button> : null}
      </div>
    </Panel>
  )
}

/** What one column adds, as steps of a number or as levels. */
interface TermShape {
  readonly feature: string
  readonly importance: number
  readonly steps: readonly ShapeStep[] | null
  readonly levels: readonly ShapeLevel[] | null
}

/** The single columns of a model for one output. */
function termsOf({ shapes }: ModelShapesAnswer, output: number): TermShape[] {
  return shapes.filter(isCurve).map((shape) => ({ feature: shape.features[0] ?? shape.name, importance: shape.importance, steps: shape.kind === 'category' ? null : stepsOf(shape, output), levels: shape.kind === 'category' ? eachLevel(shape, output) : null }))
}

/** Each level by itself, so that two models that group levels otherwise can be laid over each other; a group keeps its rows at its first. */
function eachLevel(shape: CurveShapeAnswer, output: number): ShapeLevel[] {
  return levelsOf(shape, output).flatMap((bar) => bar.levels.map((level, index) => ({ ...bar, levels: [level], rows: index === 0 ? bar.rows : 0 })))
}

interface Pair {
  readonly feature: string
  readonly left: TermShape | undefined
  readonly right: TermShape | undefined
}

/** By feature, what matters most to either model first. */
function pairsOf(left: readonly TermShape[], right: readonly TermShape[]): Pair[] {
  const features = [...new Set([...left, ...right].map(({ feature }) => feature))]
  const pairs = features.map((feature) => ({ feature, left: left.find((shape) => shape.feature === feature), right: right.find((shape) => shape.feature === feature) }))
  const weight = ({ left: mine, right: theirs }: Pair) => Math.max(mine?.importance ?? 0, theirs?.importance ?? 0)
  return pairs.toSorted((a, b) => weight(b) - weight(a))
}

/** The other curve where the first one is drawn. */
function within(steps: readonly ShapeStep[], first: readonly ShapeStep[]): ShapeStep[] {
  const range = stepDomain(first)
  return steps.flatMap((step) => {
    const [from, to] = endsOf(step, range)
    return to <= range.low || from >= range.high ? [] : [{ ...step, from: Math.max(from, range.low), to: Math.min(to, range.high) }]
  })
}

function OverlaidTerm({ pair: { feature, left, right }, names, domain, scale }: { readonly pair: Pair; readonly names: readonly [string, string]; readonly domain: Domain; readonly scale: ScoreScale }) {
  const shown = left ?? right
  if (shown === undefined) return null
  const alone = left === undefined ? names[1] : right === undefined ? names[0] : null
  const label = `Shape of ${feature} in both models`
  return (
    <figure>
      <figcaption><code>{feature}</code>{alone === null ? null : <span className="sub"> only in {alone}</span>}</figcaption>
      {shown.steps !== null ? (
        <ShapeCurve label={label} name={feature} steps={shown.steps} others={left?.steps != null && right?.steps != null ? [{ name: names[1], look: 'other', steps: within(right.steps, left.steps) }] : []} domain={domain} scale={scale} />
      ) : (
        <ShapeBars label={label} name={feature} levels={shown.levels ?? []} others={left?.levels != null && right?.levels != null ? right.levels : []} domain={domain} scale={scale} />
      )}
    </figure>
  )
}
