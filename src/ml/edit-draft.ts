import { checkEdit } from './check-edit.ts'
import { editBinnedTerm, measureMoves, type ScoreMoves } from './edit-binned-term.ts'
import { scaleSlope, scaleSurface } from './edit-scale.ts'
import { openSurface } from './edit-surface.ts'
import { type Direction, featuresOfTerm, type Model, nameOfTerm, type SlopeTerm, type Term } from './model.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { RemoveEdit, ScaleEdit, ShapeEdit, TermFeatures } from './shape-edit.ts'

/** A fitted model on its way through edits. */
export interface EditDraft {
  /** The model as it was fitted. */
  readonly fitted: Model
  /** Its terms after the edits so far, each in its place; null where one was removed. */
  readonly terms: readonly (Term | null)[]
  readonly intercepts: readonly number[]
}

/** What an edit changed, measured on the training rows that the bins stand for. */
export interface EditChange extends ScoreMoves {
  /** What the intercepts got, so that the term has mean zero again, by output. */
  readonly intercepts: readonly number[]
  /** Features whose direction held in the term before and does not any more. */
  readonly lostDirections: readonly string[]
  /** Other terms that read a feature of the term: what they say of it is not edited. */
  readonly alsoReadBy: readonly string[]
}

/** An edit as it was made, its direction and the kind of its term settled, and what it changed. */
export interface AppliedEdit {
  readonly edit: ShapeEdit
  readonly change: EditChange
}

/** A draft after one more edit. */
export interface NextDraft extends AppliedEdit {
  readonly draft: EditDraft
}

/** Starts on a fitted model. */
export function startDraft(fitted: Model): EditDraft {
  return { fitted, terms: fitted.terms, intercepts: fitted.intercepts }
}

/** Makes one edit. */
export function makeEdit(draft: EditDraft, edit: ShapeEdit): NextDraft | Refusal {
  const place = findTerm(draft, edit.term)
  if (isRefusal(place)) return place
  const term = draft.terms[place]
  if (!term) return refuse('edit-term-unknown', `"${edit.term.join(' × ')}" was removed by an edit before`)
  const refusal = checkEdit(edit, term, draft.fitted)
  if (refusal) return refusal
  const made = editTerm(term, edit, draft.fitted)
  if (isRefusal(made)) return made
  const { term: after, means } = made
  const terms = draft.terms.map((own, i) => (i === place ? after : own))
  const intercepts = draft.intercepts.map((start, k) => start + (means[k] ?? 0))
  const change = {
    meanAbsoluteChange: made.meanAbsoluteChange,
    rows: made.rows,
    bins: made.bins,
    intercepts: means,
    lostDirections: after === null ? [] : directedFeatures(term).filter((feature) => !directedFeatures(after).includes(feature)),
    alsoReadBy: otherReaders(terms, place, term),
  }
  return { draft: { ...draft, terms, intercepts }, edit: { ...made.edit, kind: term.kind }, change }
}

function findTerm({ fitted }: EditDraft, features: TermFeatures): number | Refusal {
  const wanted = [...features].sort().join('\n')
  const places = fitted.terms.flatMap((term, place) => ([...featuresOfTerm(term)].sort().join('\n') === wanted ? [place] : []))
  const [place] = places
  const name = features.join(' × ')
  if (place === undefined) {
    const why = fitted.forest ? 'trees have no terms to edit' : `the model has ${fitted.terms.map((term) => `"${nameOfTerm(term)}"`).join(', ') || 'none'}`
    return refuse('edit-term-unknown', `there is no term "${name}": ${why}`)
  }
  return places.length === 1 ? place : refuse('edit-term-unknown', `${places.length} terms are called "${name}"`)
}

interface MadeEdit extends ScoreMoves {
  readonly term: Term | null
  readonly means: readonly number[]
  readonly edit: ShapeEdit
}

function editTerm(term: Term, edit: ShapeEdit, model: Model): MadeEdit | Refusal {
  if (edit.verb === 'remove') return removeTerm(term, edit, model)
  if (term.kind !== 'slope') return editBinnedTerm(term, edit, outputsOf(edit, model))
  if (edit.verb !== 'scale') throw new Error(`"${edit.verb}" was let through for a straight line`)
  return scaleLine(term, edit, model)
}

function outputsOf(edit: ShapeEdit, { classes, intercepts }: Model): number[] {
  const wanted = 'class' in edit ? edit.class : undefined
  const outputs = [...intercepts.keys()]
  return wanted === undefined ? outputs : outputs.filter((k) => classes?.[k] === wanted)
}

/** The mean of a term is zero, so that the intercepts stay. */
function removeTerm(term: Term, edit: RemoveEdit, model: Model): MadeEdit {
  const means = model.intercepts.map(() => 0)
  if (term.kind === 'slope') return { term: null, means, edit, ...movesOfLine(term, 0, model) }
  return { term: null, means, edit, ...measureMoves(openSurface(term), scaleSurface(openSurface(term), 0, [...means.keys()])) }
}

function scaleLine(term: SlopeTerm, edit: ScaleEdit, model: Model): MadeEdit | Refusal {
  const scaled = edit.factor === 1 ? term : scaleSlope(term, edit.factor)
  if (![...scaled.slope, ...scaled.shift, ...scaled.missing].every(Number.isFinite)) {
    return refuse('edit-not-valid', 'the edit makes a score larger than a number can be')
  }
  return { term: scaled, means: model.intercepts.map(() => 0), edit, ...movesOfLine(term, edit.factor, model) }
}

/** A line has no bins to count rows by: it moves all training rows or none. */
function movesOfLine({ importance }: SlopeTerm, factor: number, { training }: Model): ScoreMoves {
  const moved = factor !== 1 && importance > 0
  return { meanAbsoluteChange: Math.abs(factor - 1) * importance, rows: moved ? training.rows : 0, bins: moved ? 1 : 0 }
}

function directedFeatures(term: Term): string[] {
  const parts: readonly { readonly feature: string; readonly monotone?: Direction }[] = term.kind === 'pair' ? term.axes : term.kind === 'slope' ? [] : [term]
  return parts.flatMap(({ feature, monotone }) => (monotone ? [feature] : []))
}

function otherReaders(terms: EditDraft['terms'], place: number, term: Term): string[] {
  const features = featuresOfTerm(term)
  return terms.flatMap((other, i) => (other && i !== place && featuresOfTerm(other).some((feature) => features.includes(feature)) ? [nameOfTerm(other)] : []))
}
