import type { Model } from '#ml/model'
import { faultsOfEdits } from './edit-faults.ts'
import { below, type Fault } from './fault.ts'
import { faultsOfForest } from './forest-faults.ts'
import { faultsOfTerm } from './term-faults.ts'

/** Finds numbers and lengths of a model that do not fit together. */
export function faultsOfModel(model: Model): Fault[] {
  const outputs = model.intercepts.length
  const terms = model.terms.flatMap((term, i) => faultsOfTerm(term, outputs).map((fault) => below(['terms', i], fault)))
  const forest = model.forest === undefined ? [] : faultsOfForest(model.forest, outputs).map((fault) => below(['forest'], fault))
  return [...faultsOfOutputs(model), ...terms, ...forest, ...faultsOfEdits(model)]
}

function faultsOfOutputs({ task, classes, intercepts, terms, forest }: Model): Fault[] {
  const faults: Fault[] = []
  const expected = task === 'multiclass' ? (classes?.length ?? 0) : 1
  if (task === 'binary' && classes !== undefined && classes.length !== 2) faults.push({ path: ['classes'], message: `a binary model has 2 classes, received ${classes.length}` })
  if (intercepts.length !== expected) {
    const one = task === 'multiclass' ? 'one for each class' : `one for a ${task} model`
    faults.push({ path: ['intercepts'], message: `expected ${expected} intercepts, ${one}, received ${intercepts.length}` })
  }
  if (forest !== undefined && terms.length > 0) faults.push({ path: ['terms'], message: `a model of trees has no terms, received ${terms.length}` })
  return faults
}
