import { featuresOfTerm, type Model, nameOfTerm, type Term } from './model.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { ShapeEdit, ValueSelection } from './shape-edit.ts'

/** The largest strength of a smoothing: above it rounding says more than the rows. */
const MOST_STRENGTH = 1e6

/** Checks what can be seen without the curve: the verb on this kind of term, its numbers, names and selections. */
export function checkEdit(edit: ShapeEdit, term: Term, model: Model): Refusal | undefined {
  return checkKind(edit, term, model) ?? checkNumbers(edit) ?? checkClass(edit, model) ?? checkAlong(edit, term) ?? checkSelections(edit, term)
}

function checkKind(edit: ShapeEdit, term: Term, model: Model): Refusal | undefined {
  const name = nameOfTerm(term)
  if (edit.kind !== undefined && edit.kind !== term.kind) {
    return refuse('edit-kind-differs', `the edit was made for a ${edit.kind} term, but "${name}" is a ${term.kind} term of this model`)
  }
  if (edit.verb === 'monotonise' && model.task === 'multiclass') {
    return refuse('edit-not-for-multiclass', 'a monotone curve for each class does not make probabilities monotone')
  }
  if (term.kind !== 'slope' || edit.verb === 'remove') return undefined
  if (edit.verb !== 'scale') return refuse('edit-not-for-kind', `"${name}" is a straight line, which has no bins: it can be scaled or removed`)
  if (edit.class === undefined) return undefined
  return refuse('edit-not-for-kind', `"${name}" is a straight line, which is scaled for all classes or none`)
}

function checkNumbers(edit: ShapeEdit): Refusal | undefined {
  const finite = (name: string, value: number | undefined): Refusal | undefined =>
    value === undefined || Number.isFinite(value) ? undefined : refuse('edit-not-valid', `"${name}" must be a finite number, received ${value}`)
  switch (edit.verb) {
    case 'scale':
      return finite('factor', edit.factor)
    case 'flatten':
      return finite('value', edit.value)
    case 'smooth':
      if (edit.strength > 0 && edit.strength <= MOST_STRENGTH) return undefined
      return refuse('edit-not-valid', `"strength" lies above 0 and goes up to ${MOST_STRENGTH}, received ${edit.strength}`)
    case 'cap':
      if (edit.low === undefined && edit.high === undefined) return refuse('edit-not-valid', 'a cap needs "low", "high" or both')
      if (edit.low !== undefined && edit.high !== undefined && edit.low > edit.high) {
        return refuse('edit-not-valid', `"low" must not be above "high", received ${edit.low} and ${edit.high}`)
      }
      return finite('low', edit.low) ?? finite('high', edit.high)
    case 'monotonise':
    case 'merge-bins':
    case 'remove':
      return undefined
  }
}

function checkClass(edit: ShapeEdit, { task, classes }: Model): Refusal | undefined {
  const wanted = 'class' in edit ? edit.class : undefined
  if (wanted === undefined) return undefined
  if (task === 'multiclass' && classes?.includes(wanted) === true) return undefined
  const known = task === 'multiclass' ? `there are ${classes?.join(', ')}` : `a ${task} model has one curve a term`
  return refuse('edit-class-unknown', `there is no curve for a class "${wanted}": ${known}`)
}

function checkAlong(edit: ShapeEdit, term: Term): Refusal | undefined {
  if (edit.verb !== 'monotonise' && edit.verb !== 'smooth') return undefined
  const features = featuresOfTerm(term)
  if (edit.along === undefined && features.length === 1) return undefined
  if (edit.along !== undefined && features.includes(edit.along)) return undefined
  return refuse('edit-not-valid', `"along" must name one feature of "${nameOfTerm(term)}", received ${edit.along === undefined ? 'none' : `"${edit.along}"`}`)
}

function checkSelections(edit: ShapeEdit, term: Term): Refusal | undefined {
  const where: readonly ValueSelection[] | undefined = 'where' in edit ? edit.where : undefined
  if (where === undefined) return undefined
  const features = featuresOfTerm(term)
  const named = where.map(({ feature }) => feature)
  if (named.length === 0) return refuse('edit-not-valid', `"where" selects nothing of "${nameOfTerm(term)}"`)
  const strange = named.find((feature, i) => !features.includes(feature) || named.indexOf(feature) !== i)
  if (strange !== undefined) return refuse('edit-not-valid', `"where" names each feature of "${nameOfTerm(term)}" at most once, received "${strange}"`)
  if (edit.verb === 'merge-bins' && where.length !== 1) return refuse('edit-not-valid', 'bins of one feature are merged at a time')
  return where.map(checkSelection).find((refusal) => refusal !== undefined)
}

function checkSelection({ feature, ranges, levels, missing, unseen }: ValueSelection): Refusal | undefined {
  const empty = ranges?.find(({ from, to }) => Number.isNaN(from) || Number.isNaN(to) || (from !== null && to !== null && !(from < to)))
  if (empty) return refuse('edit-not-valid', `a range goes up from "from" to "to", received ${empty.from} and ${empty.to} for "${feature}"`)
  const something = (ranges?.length ?? 0) > 0 || (levels?.length ?? 0) > 0 || missing === true || unseen === true
  return something ? undefined : refuse('edit-not-valid', `"where" selects nothing of "${feature}": name ranges, levels, missing or unseen`)
}
