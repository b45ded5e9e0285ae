import type { Act } from '#studio/lib/desk.ts'
import { counted, share } from '#studio/lib/numbers.ts'
import type { BoardRow, TrainingContext } from './card-data.ts'
import type { ChosenModel } from './use-model.ts'
import { isCostly, type TrainingDraft } from './use-training-draft.ts'

interface ActOf {
  readonly draft: TrainingDraft
  readonly row: BoardRow | null
  readonly context: TrainingContext
  readonly model: ChosenModel
  readonly threshold: number | null
}

/** What accepting would do: the trainer, its directions, its edits and its threshold. */
export function trainingAct({ draft, row, context, model, threshold }: ActOf): Act {
  if (row === null) return { answer: {}, button: 'Choose a trainer', title: 'Nothing is chosen yet.', differs: false, blocked: 'Choose one of the trainers first.' }
  const { edits, directions, costs } = draft
  const costly = isCostly(costs)
  const custom = {
    // The one that is seen on the slider; the server takes a threshold or costs, not both.
    ...(threshold !== null && (draft.threshold !== null || costly) ? { threshold } : {}),
    ...(edits.length === 0 ? {} : { edits: edits.map((edit) => ({ ...edit })) }),
  }
  const directed = Object.entries(model.directions).map(([feature, direction]) => `${feature} ${direction === 'increasing' ? 'rising' : 'falling'}`)
  const parts = [`Train ${lower(row.title)}`, ...(directed.length === 0 ? [] : directed.length > 2 ? [`${directed.length} directions held`] : directed), ...(edits.length === 0 ? [] : [counted(edits.length, 'edit')]), ...(threshold === null ? [] : [`flag from ${share(threshold)}`])]
  return {
    answer: { choice_index: row.index, ...(directions === null ? {} : { monotonic_constraints: { ...directions } }), ...(Object.keys(custom).length === 0 ? {} : { custom_value: custom }) },
    button: `Train ${lower(row.title)}`,
    title: `${parts.join(', ')}.`,
    consequence: `Opens the test rows for one look. Fitted on ${context.cross_validation.training_rows.toLocaleString('en-US')} training rows.`,
    differs: !row.recommended || directions !== null || edits.length > 0,
    blocked: model.trial.trial?.status === 'failed' ? 'The server refuses these settings; undo them first.' : null,
    final: true,
  }
}

function lower(title: string): string {
  return `the ${title[0]?.toLowerCase() ?? ''}${title.slice(1)}`
}
