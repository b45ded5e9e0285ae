import { forestCurves } from './forest-curves.ts'
import { type CategoryTerm, type FeatureTerm, featuresOfTerm, type Model, nameOfTerm, type NumericTerm, type PairTerm, type SlopeTerm, type Term } from './model.ts'
import { type GridAxis, gridAxisOf } from './grid-axis.ts'

/** One step of a curve: a range of numbers (null is open) or the levels that share a score. */
export interface ShapePoint {
  readonly from: number | null
  readonly to: number | null
  readonly levels: string[]
  /** By output, on the scale of the link. */
  readonly scores: number[]
  /** One standard deviation over the bags, by output. */
  readonly deviation: number[]
  /** Ends of the 95 % band, by output; absent where the model has none. */
  readonly lower?: number[]
  readonly upper?: number[]
  /** Training rows. */
  readonly weight: number
}

interface ShapeBase {
  /** Name under which the term is shown; a pair names both features. */
  readonly name: string
  readonly features: readonly string[]
  readonly importance: number
  /** 95 % interval of the importance; absent where the model has none. */
  readonly importanceInterval?: readonly [number, number]
  /** Share of the importance of all terms. */
  readonly share: number
}

/** What a model says about one feature, ready to be drawn. */
export interface CurveShape extends ShapeBase {
  readonly feature: string
  readonly kind: FeatureTerm['kind']
  readonly points: ShapePoint[]
  readonly missing: { readonly scores: number[]; readonly weight: number }
  readonly unseen?: { readonly scores: number[]; readonly weight: number }
  /** The line of a linear model: score = slope x (value - mean) + shift, by output. */
  readonly line?: { readonly slope: number[]; readonly mean: number; readonly shift: number[] }
}

/** What a model says about two features together; cell = slot of the first x slots of the second + slot of the second. */
export interface GridShape extends ShapeBase {
  readonly kind: 'pair'
  readonly axes: readonly [GridAxis, GridAxis]
  /** By output and cell, on the scale of the link. */
  readonly scores: number[][]
  /** One standard deviation over the bags, by output and cell. */
  readonly deviation: number[][]
  /** Ends of the 95 % band, by output and cell; absent where the model has none. */
  readonly lower?: number[][]
  readonly upper?: number[][]
  /** Training rows by cell. */
  readonly weight: number[]
}

/** What one term of a model says, ready to be drawn. */
export type Shape = CurveShape | GridShape

/** The shapes of all terms, or of the features of trees, the most important first. */
export function shapes(model: Model): Shape[] {
  const terms = model.forest === undefined ? model.terms : forestCurves(model.forest)
  const total = terms.reduce((sum, term) => sum + term.importance, 0)
  return terms.map((term) => shapeOf(term, total)).sort((a, b) => b.importance - a.importance)
}

function shapeOf(term: Term, total: number): Shape {
  const { importance, importanceInterval } = term
  const base: ShapeBase = {
    name: nameOfTerm(term),
    features: featuresOfTerm(term),
    importance,
    ...(importanceInterval ? { importanceInterval } : {}),
    share: total === 0 ? 0 : importance / total,
  }
  if (term.kind === 'pair') return { ...base, ...gridOf(term) }
  const common = { ...base, feature: term.feature, missing: { scores: term.missing, weight: term.missingWeight } }
  if (term.kind === 'numeric') return { ...common, kind: term.kind, points: rangePoints(term) }
  if (term.kind === 'slope') return { ...common, kind: term.kind, points: [], line: lineOf(term) }
  const unseen = { scores: term.unseen, weight: term.unseenWeight }
  return { ...common, kind: term.kind, points: levelPoints(term), unseen }
}

function gridOf({ axes, scores, deviation, lower, upper, weight }: PairTerm): Omit<GridShape, keyof ShapeBase> {
  const drawn = [gridAxisOf(axes[0]), gridAxisOf(axes[1])] as const
  return { kind: 'pair', axes: drawn, scores, deviation, ...(lower ? { lower } : {}), ...(upper ? { upper } : {}), weight }
}

function rangePoints(term: NumericTerm): ShapePoint[] {
  return term.weight.map((weight, bin) => ({
    from: bin === 0 ? null : (term.edges[bin - 1] as number),
    to: term.edges[bin] ?? null,
    levels: [],
    weight,
    ...scoresOfBin(term, bin),
  }))
}

function levelPoints(term: CategoryTerm): ShapePoint[] {
  const levels: string[][] = term.weight.map(() => [])
  for (const [i, level] of term.levels.entries()) levels[term.bins[i] as number]?.push(level)
  return term.weight.map((weight, bin) => ({ from: null, to: null, levels: levels[bin] ?? [], weight, ...scoresOfBin(term, bin) }))
}

function scoresOfBin(term: NumericTerm | CategoryTerm, bin: number): Pick<ShapePoint, 'scores' | 'deviation' | 'lower' | 'upper'> {
  const at = (byOutput: number[][]): number[] => byOutput.map((values) => values[bin] as number)
  const { lower, upper } = term
  return { scores: at(term.scores), deviation: at(term.deviation), ...(lower && upper ? { lower: at(lower), upper: at(upper) } : {}) }
}

function lineOf({ slope, mean, shift }: SlopeTerm): NonNullable<CurveShape['line']> {
  return { slope, mean, shift }
}
