import { featuresOfTerm, type Model, type Term } from '#ml/model'
import { below, type Fault, lengthFault } from './fault.ts'
import { faultsOfTerm } from './term-faults.ts'

/** Finds what would keep the edits of a model from being taken back. */
export function faultsOfEdits({ edits, unedited, intercepts, terms }: Model): Fault[] {
  if (unedited === undefined && edits === undefined) return []
  if (unedited === undefined) return [{ path: ['unedited'], message: 'edits come with what they changed' }]
  if (edits === undefined) return [{ path: ['edits'], message: 'what edits changed comes with the edits' }]
  const outputs = intercepts.length
  const faults = lengthFault(['intercepts'], unedited.intercepts, { length: outputs, of: 'output' })
  for (const [i, { term }] of unedited.terms.entries()) faults.push(...faultsOfTerm(term, outputs).map((fault) => below(['terms', i, 'term'], fault)))
  return [...faults, ...placesFault(unedited.terms, terms)].map((fault) => below(['unedited'], fault))
}

/** The changed terms and those that were left alone fill the places of the fitted terms. */
function placesFault(changed: readonly { readonly place: number; readonly term: Term }[], terms: readonly Term[]): Fault[] {
  const keys = new Set(changed.map(({ term }) => keyOf(term)))
  const fitted = changed.length + terms.filter((term) => !keys.has(keyOf(term))).length
  const at = changed.findIndex(({ place }, i) => place >= fitted || place <= (changed[i - 1]?.place ?? -1))
  return at < 0 ? [] : [{ path: ['terms', at, 'place'], message: `expected ascending places from 0 to ${fitted - 1}, received ${changed[at]?.place}` }]
}

function keyOf(term: Term): string {
  return JSON.stringify(featuresOfTerm(term))
}
