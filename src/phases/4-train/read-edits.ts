import { accept, type Result, refuse } from '#core/errors'
import type { ShapeEdit } from '#ml/shape-edit'
import { listNames } from './list-names.ts'
import type { Basis } from './schema.ts'

interface Editing {
  readonly edits: readonly ShapeEdit[]
  /** Blob of the fit that the edits are for; null where it is not fitted yet. */
  readonly measured: string | null
}

/**
 * Checks edits as far as the card knows the model, and settles the kind of their terms, so that a retrain makes again
 * what was meant. What hangs on single values is checked when the edits are made.
 */
export function readEdits({ edits, measured }: Editing, basis: Basis): Result<ShapeEdit[]> {
  const terms = basis.measured.find((one) => one.blob === measured)?.terms
  const settled: ShapeEdit[] = []
  for (const [i, edit] of edits.entries()) {
    const place = `edit ${i + 1} (${edit.verb} "${edit.term.join(' × ')}")`
    if (edit.verb === 'monotonise' && edit.direction === 'auto') return refused(`${place}: say "increasing" or "decreasing", so that a retrain holds to what is approved here`)
    const wanted = keyOf(edit.term)
    const term = terms?.find(({ features }) => keyOf(features) === wanted)
    if (terms !== undefined && term === undefined) return refused(`${place}: the model has no such term; it has ${listNames(terms.map(({ features }) => features.join(' × ')))}`)
    if (term !== undefined && edit.kind !== undefined && edit.kind !== term.kind) return refused(`${place}: the term is of the kind "${term.kind}", not "${edit.kind}"`)
    settled.push(term === undefined ? edit : { ...edit, kind: term.kind })
  }
  return accept(settled)
}

function keyOf(features: readonly string[]): string {
  return features.toSorted().join('\n')
}

function refused(reason: string): Result<never> {
  return refuse('CUSTOM_REFUSED', `custom_value.edits: ${reason}.`)
}
