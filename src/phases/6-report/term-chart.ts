import type { Column, Profile } from '#core/dataset'
import type { CurveShape, ShapePoint } from '#ml/shapes'
import type { ApartValue, CurveStep, LevelsChart, TermChart } from './charts.ts'
import { numberText, percentFigure } from './figure.ts'

/** Values with fewer training rows than this are hatched. */
export const fewestRows = 25
/** More lines than this cannot be told apart. */
export const mostOutputs = 8
const mostLevels = 14

interface Setting {
  /** Names of the classes of a multiclass model; empty where there is one output. */
  readonly outputs: readonly string[]
  readonly profile: Profile
  /** The columns that the model reads. */
  readonly columns: readonly Column[]
}

type Level = LevelsChart['levels'][number]

/** What is drawn of one term; its range is still to be set. */
export function termChart(shape: CurveShape, { outputs, profile, columns }: Setting): TermChart {
  const take = (scores: readonly number[]): number[] => scores.slice(0, Math.max(1, outputs.length))
  const type = columns.find(({ name }) => name === shape.feature)?.type
  const caption = `${numberText(shape.importance, shape.importance >= 100 ? 0 : 3)} · ${percentFigure(shape.share).text}`
  const base = { feature: shape.feature, caption, outputs, range: [0, 0] as const, apart: apartOf(shape, take) }
  if (shape.kind === 'category') {
    const { levels, left } = largestLevels(shape)
    const more = left > 0 ? `${caption} · ${left} more values not drawn` : caption
    return { ...base, caption: more, kind: 'levels', levels: levels.map((level) => ({ ...level, scores: take(level.scores) })), fewest: fewestRows }
  }
  if (type === 'boolean') return { ...base, kind: 'levels', levels: booleanLevels(shape).map((level) => ({ ...level, scores: take(level.scores) })), fewest: fewestRows }
  const whole = type === 'integer'
  const [low, high] = domainOf(shape, profile)
  if (shape.line !== undefined) {
    return { ...base, kind: 'line', domain: [low, high], whole, ends: take(shape.line.slope).map((_, k) => [lineAt(shape.line, low, k), lineAt(shape.line, high, k)]) }
  }
  const steps = shape.points.map((point): CurveStep => ({ from: point.from, to: point.to, ...spreadOf(point), scores: take(point.scores), deviation: take(point.deviation), rows: point.weight }))
  const scale = scaleOf(shape)
  const start = scale === 'log' && low <= 0 ? (steps[0]?.to ?? 1) * 0.7 : low
  return { ...base, kind: 'curve', steps, domain: [start, high], whole, scale, fewest: fewestRows }
}

function lineAt(line: CurveShape['line'], x: number, k: number): number {
  return line === undefined ? 0 : (line.slope[k] ?? 0) * (x - line.mean) + (line.shift[k] ?? 0)
}

function largestLevels({ points }: CurveShape): { levels: Level[]; left: number } {
  const sorted = points.toSorted((a, b) => b.weight - a.weight)
  const levels = sorted.slice(0, mostLevels).map((point) => ({ name: levelName(point), ...spreadOf(point), rows: point.weight }))
  return { levels, left: sorted.length - levels.length }
}

function spreadOf({ scores, deviation, lower, upper }: ShapePoint): Pick<CurveStep, 'scores' | 'deviation' | 'lower' | 'upper'> {
  return { scores, deviation, ...(lower && upper ? { lower, upper } : {}) }
}

function levelName({ levels }: ShapePoint): string {
  const [first = '', ...more] = levels
  return more.length === 0 ? first : `${first} + ${more.length} more`
}

/** A column of yes and no has two values, whatever trainer made a line or steps of it. */
function booleanLevels({ points, line, missing }: CurveShape): Level[] {
  return [0, 1].map((value): Level => {
    const name = value === 1 ? 'true' : 'false'
    const point = points.find(({ from, to }) => value > (from ?? Number.NEGATIVE_INFINITY) && value <= (to ?? Number.POSITIVE_INFINITY))
    if (point !== undefined) return { name, ...spreadOf(point), rows: point.weight }
    return { name, scores: missing.scores.map((_, k) => lineAt(line, value, k)), deviation: [], rows: null }
  })
}

function apartOf({ missing, unseen }: CurveShape, take: (scores: readonly number[]) => number[]): ApartValue[] {
  const found: ApartValue[] = []
  if (missing.weight > 0) found.push({ name: 'missing', scores: take(missing.scores), rows: missing.weight })
  if (unseen !== undefined) found.push({ name: 'never seen', scores: take(unseen.scores), rows: unseen.weight })
  return found
}

/** How far the open ends are drawn at most, as a share of what lies between the borders. */
const openEnd = 0.15

/** From the least to the largest value of the column, but not far beyond the borders of the steps: a few outliers would squeeze all else. */
function domainOf(shape: CurveShape, profile: Profile): [number, number] {
  const numeric = profile.columns.find(({ name }) => name === shape.feature)?.numeric ?? null
  const edges = shape.points.flatMap(({ to }) => (to === null ? [] : [to]))
  const [first = shape.line?.mean ?? 0, last = first] = [edges[0], edges.at(-1)]
  const margin = (last - first) / Math.max(4, edges.length) || 1
  const far = edges.length < 2 ? Number.POSITIVE_INFINITY : openEnd * (last - first)
  const low = numeric !== null && numeric.min <= first ? Math.max(numeric.min, first - far) : first - margin
  const high = numeric !== null && numeric.max >= last ? Math.min(numeric.max, last + far) : last + margin
  return low < high ? [low, high] : [low - 1, high + 1]
}

/** A logarithmic axis where the steps crowd at the low end of a wide positive range. */
function scaleOf({ points }: CurveShape): 'linear' | 'log' {
  const edges = points.flatMap(({ to }) => (to === null ? [] : [to]))
  const [first, middle, last] = [edges[0], edges[Math.floor(edges.length / 2)], edges.at(-1)]
  if (first === undefined || middle === undefined || last === undefined || first <= 0 || edges.length < 8) return 'linear'
  return last / first >= 30 && (middle - first) / (last - first) < 0.12 ? 'log' : 'linear'
}

/** The charts on one range that holds every score and 0; a band may leave it and is cut there. */
export function onOneRange(charts: readonly TermChart[]): TermChart[] {
  const values = charts.flatMap((chart) => [...chart.apart.flatMap(({ scores }) => scores), ...scoresOf(chart)])
  const low = values.reduce((least, value) => Math.min(least, value), 0)
  const high = values.reduce((most, value) => Math.max(most, value), 0)
  const margin = (high - low) * 0.08 || 1
  return charts.map((chart) => ({ ...chart, range: [low - margin, high + margin] }))
}

function scoresOf(chart: TermChart): readonly number[] {
  if (chart.kind === 'line') return chart.ends.flat()
  return (chart.kind === 'curve' ? chart.steps : chart.levels).flatMap(({ scores }) => scores)
}
