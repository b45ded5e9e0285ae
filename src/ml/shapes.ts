import type { CategoryTerm, Model, NumericTerm, SlopeTerm, Term } from './model.ts'

/** One step of a curve: a range of numbers (null is open) or the levels that share a score. */
export interface ShapePoint {
  readonly from: number | null
  readonly to: number | null
  readonly levels: string[]
  /** By output, on the scale of the link. */
  readonly scores: number[]
  /** One standard deviation over the bags, by output. */
  readonly deviation: number[]
  /** Training rows. */
  readonly weight: number
}

/** What a model says about one feature, ready to be drawn. */
export interface Shape {
  readonly feature: string
  readonly kind: Term['kind']
  readonly importance: number
  /** Share of the importance of all features. */
  readonly share: number
  readonly points: ShapePoint[]
  readonly missing: { readonly scores: number[]; readonly weight: number }
  readonly unseen?: { readonly scores: number[]; readonly weight: number }
  /** The line of a linear model: score = slope x (value - mean) + shift, by output. */
  readonly line?: { readonly slope: number[]; readonly mean: number; readonly shift: number[] }
}

/** The shapes of all features, the most important first. */
export function shapes(model: Model): Shape[] {
  const total = model.terms.reduce((sum, term) => sum + term.importance, 0)
  const drawn = model.terms.map((term): Shape => {
    const share = total === 0 ? 0 : term.importance / total
    const missing = { scores: term.missing, weight: term.missingWeight }
    const common = { feature: term.feature, kind: term.kind, importance: term.importance, share, missing }
    if (term.kind === 'numeric') return { ...common, points: rangePoints(term) }
    if (term.kind === 'slope') return { ...common, points: [], line: lineOf(term) }
    return { ...common, points: levelPoints(term), unseen: { scores: term.unseen, weight: term.unseenWeight } }
  })
  return drawn.sort((a, b) => b.importance - a.importance)
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
  return term.weight.map((weight, bin) => ({
    from: null,
    to: null,
    levels: term.levels.filter((_, i) => term.bins[i] === bin),
    weight,
    ...scoresOfBin(term, bin),
  }))
}

function scoresOfBin(term: NumericTerm | CategoryTerm, bin: number): Pick<ShapePoint, 'scores' | 'deviation'> {
  return {
    scores: term.scores.map((scores) => scores[bin] as number),
    deviation: term.deviation.map((deviation) => deviation[bin] as number),
  }
}

function lineOf({ slope, mean, shift }: SlopeTerm): NonNullable<Shape['line']> {
  return { slope, mean, shift }
}
