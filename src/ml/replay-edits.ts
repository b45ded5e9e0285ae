import { finishDraft } from './apply-edits.ts'
import { type AppliedEdit, makeEdit, startDraft } from './edit-draft.ts'
import { featuresOfTerm, type Model } from './model.ts'
import { isRefusal, type Refusal, type RefusalCode } from './refusal.ts'
import type { ShapeEdit } from './shape-edit.ts'
import { uneditedModel } from './unedited-model.ts'

/** Why an edit could not be made again. */
export type ReplayFlag = 'feature-gone' | 'term-gone' | 'kind-changed' | 'levels-gone' | 'levels-share-bin' | 'range-outside' | 'not-possible'

/** What became of one edit. */
export type ReplayedEdit =
  | ({ readonly outcome: 'replayed' } & AppliedEdit)
  /** Made again, but the new curve was like that already. */
  | ({ readonly outcome: 'without-effect'; readonly reason: 'direction-held' | 'nothing-to-change' } & AppliedEdit)
  /** Not made: a person has to decide anew. */
  | { readonly outcome: 'flagged'; readonly reason: ReplayFlag; readonly message: string; readonly edit: ShapeEdit }

/** A model with the edits that could be made again, and an answer for every edit, in their order. */
export interface ReplayedModel {
  readonly model: Model
  readonly replayed: readonly ReplayedEdit[]
}

/** Makes the edits of an earlier model again on one that was fitted anew; what it had of edits itself is taken back. */
export function replayEdits(model: Model, edits: readonly ShapeEdit[]): ReplayedModel {
  let draft = startDraft(uneditedModel(model))
  const replayed = edits.map((wanted): ReplayedEdit => {
    const next = makeEdit(draft, wanted)
    if (isRefusal(next)) return { outcome: 'flagged', reason: reasonOf(next, draft.fitted, wanted), message: next.message, edit: wanted }
    draft = next.draft
    const { edit, change } = next
    if (change.bins > 0) return { outcome: 'replayed', edit, change }
    return { outcome: 'without-effect', reason: edit.verb === 'monotonise' ? 'direction-held' : 'nothing-to-change', edit, change }
  })
  const made = replayed.flatMap((one) => (one.outcome === 'flagged' ? [] : [one.edit]))
  return { model: finishDraft(draft, made), replayed }
}

const reasons: Partial<Record<RefusalCode, ReplayFlag>> = {
  'edit-kind-differs': 'kind-changed',
  'edit-level-unknown': 'levels-gone',
  'edit-levels-share-bin': 'levels-share-bin',
  'edit-range-empty': 'range-outside',
}

function reasonOf({ code }: Refusal, model: Model, edit: ShapeEdit): ReplayFlag {
  if (code === 'edit-term-unknown') return missesFeature(model, edit) ? 'feature-gone' : 'term-gone'
  return reasons[code] ?? 'not-possible'
}

function missesFeature({ terms, forest }: Model, edit: ShapeEdit): boolean {
  const read = new Set([...terms.flatMap(featuresOfTerm), ...(forest?.features ?? []).map(({ feature }) => feature)])
  return edit.term.some((feature) => !read.has(feature))
}
