import { centreSurface, closeSurface, importanceOf, openSurface, type BinnedTerm } from './edit-surface.ts'
import type { Model, PairAxis, SlopeTerm, Term } from './model.ts'
import { slotsOfAxis } from './model.ts'
import { placeNumber } from './place-number.ts'
import { type Random, seededRandom } from './random.ts'
import type { NumberRange, ShapeEdit, TermFeatures, ValueSelection } from './shape-edit.ts'
import { gaussian } from './synthetic.testkit.ts'
import type { Table } from './table.ts'

/** Levels of the two categories; `grade` is ordered. */
export const CITIES = ['Bern', 'Lyon', 'Oslo', 'Rome', 'Wien']
export const GRADES = ['a', 'b', 'c', 'd', 'e', 'f']

/** A model that nobody fitted, with every kind of term, centred, with bands, and with bins without rows. */
export function editableModel(seed: number, task: Model['task'] = 'regression'): Model {
  const random = seededRandom(seed, 77)
  const outputs = task === 'multiclass' ? 3 : 1
  const x = { kind: 'numeric', feature: 'x', edges: edges(random) } as const
  const y = { kind: 'numeric', feature: 'y', edges: edges(random) } as const
  const grade: PairAxis = { kind: 'category', feature: 'grade', levels: GRADES, slots: [2, 3, 3, 4, 5, 6], unseen: 1, size: 7, ordered: true }
  const city: PairAxis = { kind: 'category', feature: 'city', levels: CITIES, slots: [1, 2, 2, 3, 3], unseen: 3, size: 4 }
  const slope: SlopeTerm = { kind: 'slope', feature: 'z', mean: 1, scale: 2, ...lists(random, outputs, ['slope', 'shift', 'missing']), missingWeight: 3, importance: 0.7, importanceInterval: [0.5, 0.9] }
  const terms: Term[] = [
    single(random, outputs, { ...x }),
    single(random, outputs, { ...y }),
    category(random, outputs, { feature: 'grade', levels: GRADES, bins: [0, 1, 1, 2, 3, 4], ordered: true }),
    category(random, outputs, { feature: 'city', levels: CITIES, bins: [0, 1, 1, 2, 2] }),
    slope,
    pair(random, outputs, [x, grade]),
    pair(random, outputs, [city, y]),
  ].map((term) => (term.kind === 'slope' ? term : centred(term)))
  const link = task === 'multiclass' ? 'softmax' : task === 'binary' ? 'logit' : 'identity'
  const classes = task === 'multiclass' ? ['low', 'middle', 'high'] : ['no', 'yes']
  const intercepts = Array.from({ length: outputs }, () => gaussian(random))
  return { format: 'signalbox-model', version: 2, trainer: 'glassbox', task, link, ...(task === 'regression' ? {} : { classes }), intercepts, terms, training: { rows: 100, seed } }
}

function edges(random: Random): number[] {
  const found = Array.from({ length: 3 + random.below(12) }, () => Math.round(gaussian(random) * 40) / 8)
  return [...new Set(found)].sort((a, b) => a - b)
}

function lists<Name extends string>(random: Random, outputs: number, names: readonly Name[]): Record<Name, number[]> {
  const entries = names.map((name): [Name, number[]] => [name, Array.from({ length: outputs }, () => gaussian(random))])
  return Object.fromEntries(entries) as Record<Name, number[]>
}

function curve(random: Random, outputs: number, bins: number) {
  const scores = Array.from({ length: outputs }, () => Array.from({ length: bins }, () => gaussian(random)))
  const away = (sign: number): number[][] => scores.map((values) => values.map((score) => score + sign * (0.1 + random.next())))
  const deviation = scores.map((values) => values.map(() => random.next()))
  return { scores, deviation, lower: away(-1), upper: away(1), weight: Array.from({ length: bins }, () => Math.max(0, random.below(30) - 4)) }
}

function single(random: Random, outputs: number, { feature, edges: borders }: { readonly feature: string; readonly edges: number[] }): BinnedTerm {
  const missing = Array.from({ length: outputs }, () => gaussian(random))
  return { kind: 'numeric', feature, edges: borders, ...curve(random, outputs, borders.length + 1), missing, missingWeight: random.below(5), importance: 0, importanceInterval: [0.1, 0.4] }
}

function category(random: Random, outputs: number, described: { readonly feature: string; readonly levels: string[]; readonly bins: number[]; readonly ordered?: boolean }): BinnedTerm {
  const apart = lists(random, outputs, ['missing', 'unseen'])
  return { kind: 'category', ...described, ...curve(random, outputs, Math.max(...described.bins) + 1), ...apart, missingWeight: random.below(5), unseenWeight: random.below(5), importance: 0 }
}

function pair(random: Random, outputs: number, axes: readonly [PairAxis, PairAxis]): BinnedTerm {
  return { kind: 'pair', axes, ...curve(random, outputs, slotsOfAxis(axes[0]) * slotsOfAxis(axes[1])), importance: 0 }
}

function centred(term: BinnedTerm): BinnedTerm {
  const surface = openSurface(term)
  centreSurface(surface, [...surface.scores.keys()])
  const { importanceInterval: interval } = term
  return closeSurface(surface, term, { importance: importanceOf(surface), ...(interval ? { importanceInterval: interval } : {}) })
}

/** Rows with every kind of value that the model can read, borders of bins among them. */
export function editableTable(model: Model, rows: number, seed: number): Table {
  const random = seededRandom(seed, 78)
  const number = (name: string) => {
    const borders = model.terms.flatMap((term) => (term.kind === 'numeric' && term.feature === name ? term.edges : []))
    const draw = (): number => (random.below(6) === 0 ? Number.NaN : random.below(3) === 0 ? (borders[random.below(borders.length)] ?? 0) : 6 * gaussian(random))
    return { name, kind: 'numeric' as const, values: Float64Array.from({ length: rows }, draw) }
  }
  const level = (name: string, levels: readonly string[]) => {
    const here = ['new', ...levels]
    return { name, kind: 'category' as const, levels: here, codes: Int32Array.from({ length: rows }, () => random.below(here.length + 1) - 1) }
  }
  return { rows, columns: [number('x'), number('y'), number('z'), level('grade', GRADES), level('city', CITIES)] }
}

/** Draws an edit that the model accepts as it was fitted. */
export function drawEdit(model: Model, random: Random): ShapeEdit {
  const term = model.terms[random.below(model.terms.length)]!
  const features: TermFeatures = term.kind === 'pair' ? [term.axes[0].feature, term.axes[1].feature] : [term.feature]
  const factor = [-1.5, 0, 0.5, 2][random.below(4)]!
  if (term.kind === 'slope') return random.below(2) === 0 ? { verb: 'scale', term: features, factor } : { verb: 'remove', term: features }
  const picked = model.task === 'multiclass' && random.below(2) === 0 ? { class: model.classes![random.below(3)]! } : {}
  const lines = lineChoice(model, features, random)
  const verbs = ['flatten', 'merge-bins', 'scale', 'cap', 'remove', ...(lines ? ['smooth', ...(model.task === 'multiclass' ? [] : ['monotonise'])] : [])]
  const verb = verbs[random.below(verbs.length)]!
  const where = random.below(3) === 0 ? features.map((feature) => drawSelection(model, feature, random)) : [drawSelection(model, features[random.below(features.length)]!, random)]
  if (verb === 'flatten') return { verb, term: features, where, ...picked, ...(random.below(2) === 0 ? { value: gaussian(random) } : {}) }
  if (verb === 'merge-bins') return { verb, term: features, where: [drawRun(model, features[random.below(features.length)]!, random)] }
  if (verb === 'cap') return { verb, term: features, low: -0.5, high: 0.4, ...picked, ...(random.below(2) === 0 ? { where } : {}) }
  if (verb === 'scale') return { verb, term: features, factor, ...picked }
  if (verb === 'smooth') return { verb, term: features, strength: 10 ** (random.below(6) - 2), ...lines, ...picked }
  if (verb === 'monotonise') return { verb, term: features, direction: (['increasing', 'decreasing', 'auto'] as const)[random.below(3)]!, ...lines }
  return { verb: 'remove', term: features }
}

/** Along an ordered feature of a term, with or without a part of it and of the other feature; nothing where there is none. */
function lineChoice(model: Model, features: TermFeatures, random: Random): { along?: string; where?: ValueSelection[] } | undefined {
  const ordered = features.filter((feature) => feature !== 'city')
  const along = ordered[random.below(ordered.length)]
  if (along === undefined) return undefined
  const parts = random.below(2) === 0 ? [drawRun(model, along, random)] : []
  const other = features.find((feature) => feature !== along)
  if (other !== undefined && random.below(2) === 0) parts.push(drawSelection(model, other, random))
  return { ...(features.length === 2 ? { along } : {}), ...(parts.length > 0 ? { where: parts } : {}) }
}

/** Neighbouring bins of a number or of grades, or some cities, each with all levels of its bin. */
function drawRun(model: Model, feature: string, random: Random): ValueSelection {
  if (feature === 'city') return { feature, levels: ['Lyon', 'Oslo', 'Bern'].slice(0, 2 + random.below(2)) }
  if (feature === 'grade') return { feature, levels: [['a', 'b', 'c'], ['b', 'c', 'd', 'e'], ['d', 'e', 'f'], GRADES][random.below(4)]! }
  return { feature, ranges: [drawRange(bordersOf(model, feature), random)] }
}

/** Any values of a feature, in whole bins. */
function drawSelection(model: Model, feature: string, random: Random): ValueSelection {
  const missing = random.below(2) === 0
  // In the pair Rome and Wien share their slot with unseen levels.
  if (feature === 'city') return [{ feature, missing: true }, { feature, levels: ['Lyon', 'Oslo'], missing }, { feature, levels: ['Rome', 'Wien'], unseen: true }][random.below(3)]!
  if (feature === 'grade') return { feature, levels: ['b', 'c', 'f'], missing, unseen: random.below(2) === 0 }
  const borders = bordersOf(model, feature)
  return { feature, missing, ranges: [drawRange(borders, random), drawRange(borders, random)] }
}

function bordersOf(model: Model, feature: string): readonly number[] {
  return model.terms.flatMap((term) => (term.kind === 'numeric' && term.feature === feature ? term.edges : []))
}

function drawRange(borders: readonly number[], random: Random): NumberRange {
  const start = random.below(borders.length + 1)
  const end = start + 1 + random.below(borders.length + 1 - start)
  return { from: borders[start - 1] ?? null, to: borders[end - 1] ?? null }
}

/** Whether an edit selects a row, told from its values alone; the selections are of whole bins. */
export function selectsRow(edit: ShapeEdit, { columns }: Table, row: number): boolean {
  const where: readonly ValueSelection[] = 'where' in edit ? (edit.where ?? []) : []
  const line = edit.verb === 'monotonise' || edit.verb === 'smooth' ? (edit.along ?? edit.term[0]) : undefined
  return columns.every((column) => {
    if (!edit.term.includes(column.name)) return true
    const selection = where.find(({ feature }) => feature === column.name)
    if (column.kind === 'numeric') {
      const value = column.values[row]!
      if (Number.isNaN(value)) return selection ? selection.missing === true : line !== column.name
      return selection === undefined || (selection.ranges ?? []).some(({ from, to }) => placeNumber([from ?? -1e300, to ?? 1e300], value) === 1)
    }
    const code = column.codes[row]!
    if (code < 0) return selection ? selection.missing === true : line !== column.name
    const level = column.levels[code]!
    if (level === 'new') return selection ? selection.unseen === true : line !== column.name
    return selection === undefined || (selection.levels ?? []).includes(level)
  })
}
