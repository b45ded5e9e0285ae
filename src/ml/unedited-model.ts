import { elementAt } from './element-at.ts'
import { featuresOfTerm, type Model, type Term } from './model.ts'

/** The model as it was fitted: to the last bit the one that was edited. A model without edits is returned as it is. */
export function uneditedModel(model: Model): Model {
  const { edits: _made, unedited, ...rest } = model
  if (unedited === undefined) return model
  const { version, intercepts, terms: changed } = unedited
  const keys = new Set(changed.map(({ term }) => keyOf(term)))
  const fittedAt = new Map(changed.map(({ place, term }) => [place, term]))
  const untouched = rest.terms.filter((term) => !keys.has(keyOf(term)))
  const terms: Term[] = []
  let next = 0
  while (terms.length < changed.length + untouched.length) terms.push(fittedAt.get(terms.length) ?? elementAt(untouched, next++))
  return { ...rest, version, intercepts, terms }
}

/** Terms differ in the features that they read. */
function keyOf(term: Term): string {
  return JSON.stringify(featuresOfTerm(term))
}
