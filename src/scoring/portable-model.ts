import type { CalibrationMap } from '#ml/calibration-map'
import { axesOfTerm, readsOfTerm } from '#ml/compiled-term'
import { type FeatureSlots, featureSlots } from '#ml/feature-slots'
import { type LogScale, type Model, nameOfTerm, type PairAxis, slotsOfAxis, type Term, type Tree } from '#ml/model'

/**
 * A feature as the model divides it. Slot 0 is a missing value. Of numbers slot i + 1 holds edges[i-1] < value <= edges[i];
 * of levels slot 1 is one that no term names, slot i + 2 is levels[i].
 */
export type PortableRead =
  | { readonly kind: 'numeric'; readonly feature: string; readonly edges: readonly number[] }
  | { readonly kind: 'category'; readonly feature: string; readonly levels: readonly string[] }

/** An additive part as tables over the slots of what it reads, by output; a line is reckoned from the value. */
export type PortableTerm = { readonly name: string } & (
  | { readonly kind: 'curve'; readonly read: number; readonly scores: readonly (readonly number[])[] }
  /** The score of a cell: cell = starts[slot of the first] + offsets[slot of the second]. */
  | { readonly kind: 'pair'; readonly reads: readonly [number, number]; readonly starts: readonly number[]; readonly offsets: readonly number[]; readonly scores: readonly (readonly number[])[] }
  /** slope × (value − mean) + shift. */
  | { readonly kind: 'line'; readonly read: number; readonly slope: readonly number[]; readonly mean: number; readonly shift: readonly number[]; readonly missing: readonly number[] }
)

/** A tree without what scoring does not need. A child is a split, or ~leaf. */
export type PortableTree = Pick<Tree, 'feature' | 'threshold' | 'levels' | 'missingLeft' | 'left' | 'right' | 'value'>

/** A model as tables, which every export language can look up. The sum of intercept and terms, or of trees, is the score. */
export interface PortableModel {
  readonly task: Model['task']
  readonly classes: readonly string[] | null
  readonly threshold: number
  readonly calibration: CalibrationMap
  readonly logScale: LogScale | null
  readonly intercepts: readonly number[]
  readonly reads: readonly PortableRead[]
  readonly terms: readonly PortableTerm[]
  /** By output. */
  readonly trees: readonly (readonly PortableTree[])[] | null
}

type Scale = Pick<PortableModel, 'classes' | 'threshold' | 'calibration'>

/** Puts a fitted model into tables; all terms of a feature share one division of it. */
export function portableModel(model: Model, scale: Scale): PortableModel {
  const common = { task: model.task, ...scale, logScale: model.logScale ?? null, intercepts: model.intercepts }
  if (model.forest !== undefined) {
    const reads = model.forest.features.map((feature): PortableRead => (feature.kind === 'numeric' ? { ...feature, edges: [] } : feature))
    const trees = model.forest.trees.map((rounds) => rounds.map(({ weight: _weight, ...tree }) => tree))
    return { ...common, reads, terms: [], trees }
  }
  const divided = dividedFeatures(model.terms)
  const place = (read: PairAxis | { kind: string; feature: string }): number => divided.findIndex(({ slots }) => slots.feature === read.feature && slots.kind === read.kind)
  return { ...common, reads: divided.map(({ read }) => read), terms: model.terms.map((term) => portableTerm(term, divided, place)), trees: null }
}

interface Divided {
  readonly read: PortableRead
  readonly slots: FeatureSlots
}

/** The features in the order in which the terms name them. */
function dividedFeatures(terms: readonly Term[]): Divided[] {
  const found = new Map<string, PairAxis[]>()
  for (const term of terms) {
    for (const { kind, feature } of readsOfTerm(term)) found.set(JSON.stringify([kind, feature]), [])
  }
  for (const axis of terms.flatMap(axesOfTerm)) found.get(JSON.stringify([axis.kind, axis.feature]))?.push(axis)
  return Array.from(found, ([key, axes]) => {
    const [kind, feature] = JSON.parse(key) as [PairAxis['kind'], string]
    const edges = new Set(axes.flatMap((axis) => (axis.kind === 'numeric' ? axis.edges : [])))
    const levels = new Set(axes.flatMap((axis) => (axis.kind === 'category' ? axis.levels : [])))
    const read: PortableRead = kind === 'numeric' ? { kind, feature, edges: [...edges].sort((a, b) => a - b) } : { kind, feature, levels: [...levels] }
    return { read, slots: featureSlots({ feature, kind }, axes) }
  })
}

function portableTerm(term: Term, divided: readonly Divided[], place: (read: { kind: string; feature: string }) => number): PortableTerm {
  const name = nameOfTerm(term)
  const [axis, second] = axesOfTerm(term)
  const slotsOn = (of: PairAxis): number[] => [...(divided[place(of)]?.slots.slotsOn(of) ?? [])]
  if (term.kind === 'slope') {
    const { slope, mean, shift, missing, feature } = term
    return { name, kind: 'line', read: place({ kind: 'numeric', feature }), slope, mean, shift, missing }
  }
  if (axis === undefined) throw new Error(`the term "${name}" divides nothing`)
  if (term.kind === 'pair') {
    if (second === undefined) throw new Error(`the pair "${name}" divides one feature`)
    const width = slotsOfAxis(second)
    return { name, kind: 'pair', reads: [place(axis), place(second)], starts: slotsOn(axis).map((slot) => slot * width), offsets: slotsOn(second), scores: term.scores }
  }
  const bySlot = term.scores.map((scores, k) => [term.missing[k] ?? 0, ...(term.kind === 'category' ? [term.unseen[k] ?? 0] : []), ...scores])
  return { name, kind: 'curve', read: place(axis), scores: bySlot.map((of) => slotsOn(axis).map((slot) => of[slot] ?? 0)) }
}
