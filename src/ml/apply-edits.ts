import { type AppliedEdit, type EditDraft, makeEdit, startDraft } from './edit-draft.ts'
import type { Model } from './model.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { ShapeEdit } from './shape-edit.ts'
import { uneditedModel } from './unedited-model.ts'

/** A model with its edits, and what each of them changed. */
export interface EditedModel {
  readonly model: Model
  readonly applied: readonly AppliedEdit[]
}

/**
 * Gives a model exactly these edits, in this order; edits that it had before and that are not in the list are taken
 * back, so that undoing is to apply a shorter list, and none gives the model as it was fitted. The given model stays as
 * it is. Each term keeps a training mean of zero: what an edit adds to the mean goes to the intercept, so that the
 * scores of rows that it does not select stay as they were. Training rows stay with their bins. Bands move with their
 * scores (each verb says how). If one edit is refused, all are.
 */
export function applyEdits(model: Model, edits: readonly ShapeEdit[]): EditedModel | Refusal {
  let draft = startDraft(uneditedModel(model))
  const applied: AppliedEdit[] = []
  for (const [i, wanted] of edits.entries()) {
    const next = makeEdit(draft, wanted)
    if (isRefusal(next)) return refuse(next.code, `edit ${i + 1} (${wanted.verb} "${wanted.term.join(' × ')}"): ${next.message}`)
    draft = next.draft
    applied.push({ edit: next.edit, change: next.change })
  }
  return { model: finishDraft(draft, applied.map(({ edit }) => edit)), applied }
}

/** The model that edits led to. */
export function finishDraft({ fitted, terms, intercepts }: EditDraft, edits: readonly ShapeEdit[]): Model {
  if (edits.length === 0) return fitted
  const changed = fitted.terms.flatMap((term, place) => (terms[place] === term ? [] : [{ place, term }]))
  return {
    ...fitted,
    // Edits came with version 2.
    version: 2,
    intercepts: [...intercepts],
    terms: terms.filter((term) => term !== null),
    edits,
    unedited: { version: fitted.version, intercepts: fitted.intercepts, terms: changed },
  }
}
