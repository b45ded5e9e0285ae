import type { Json } from '#core/canonical-json'
import type { GridSlot } from '#ml/grid-axis'
import { nameOfTerm, type Model } from '#ml/model'
import { type CurveShape, type GridShape, shapes } from '#ml/shapes'

/** The shapes of a model for a page, the most important first; six digits are more than a screen can show. */
export function shapesJson(model: Model): Json[] {
  return shapes(model).map((shape) => (shape.kind === 'pair' ? gridJson(shape) : curveJson(shape, model)))
}

function baseJson({ name, features, importance, importanceInterval, share }: CurveShape | GridShape): Record<string, Json> {
  return { name, features: [...features], importance: six(importance), importance_interval: importanceInterval === undefined ? null : importanceInterval.map(six), share: six(share) }
}

function curveJson(shape: CurveShape, model: Model): Json {
  const term = model.terms.find((one) => nameOfTerm(one) === shape.name)
  const held = term === undefined || term.kind === 'pair' || term.kind === 'slope' ? null : (term.monotone ?? null)
  return {
    ...baseJson(shape),
    kind: shape.kind,
    monotone: held,
    ordered: term?.kind === 'category' && term.ordered === true,
    steps: shape.points.map(({ from, to, levels, scores, lower, upper, weight }) => ({ from, to, levels, scores: scores.map(six), lower: lower?.map(six) ?? null, upper: upper?.map(six) ?? null, rows: six(weight) })),
    missing: { scores: shape.missing.scores.map(six), rows: six(shape.missing.weight) },
    unseen: shape.unseen === undefined ? null : { scores: shape.unseen.scores.map(six), rows: six(shape.unseen.weight) },
    line: shape.line === undefined ? null : { slope: shape.line.slope.map(six), mean: six(shape.line.mean), shift: shape.line.shift.map(six), deviation: term?.kind === 'slope' ? six(term.scale) : 0 },
  }
}

function gridJson(shape: GridShape): Json {
  return {
    ...baseJson(shape),
    kind: shape.kind,
    axes: shape.axes.map(({ feature, slots }) => ({ feature, slots: slots.map(slotJson) })),
    scores: shape.scores.map((cells) => cells.map(six)),
    rows: shape.weight.map(six),
  }
}

function slotJson(slot: GridSlot): Json {
  return { ...slot }
}

function six(value: number): number {
  return Number(value.toPrecision(6))
}
