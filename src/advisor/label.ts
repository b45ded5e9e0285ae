import { z } from 'zod'
import type { RunKnowledge } from '#core/advisor-ports'
import { cardOf } from './card-of.ts'
import { deciderText } from './choice-text.ts'
import { citeDecision, citeOutcome, citeProposal } from './cite.ts'
import { said, type Intent } from './intent.ts'
import { optionText } from './option-text.ts'
import { counted, list, moment, percent, quoted } from './words.ts'

export const label: Intent = {
  name: 'label',
  example: 'Why is this the label?',
  cues: [
    [3, 'label'],
    [3, 'target'],
    [2, 'predict'],
    [1, 'why predict'],
    [1, 'why label'],
    [1, 'why target'],
    [3, 'positive class'],
    [2, 'split'],
    [2, 'test rows'],
    [2, 'sealed'],
  ],
  weigh: ({ namesLabel, words }) => (namesLabel && words.includes('why') ? 3 : 0),
  answer: answerLabel,
}

/** A decision that names a column and no option. */
const customSchema = z.object({ choice_index: z.null() })

async function answerLabel(_question: unknown, knowledge: RunKnowledge) {
  const { run } = knowledge
  const card = cardOf(run, 'label_selection')
  if (card === null) return said('No label is chosen or proposed yet. It is worked out in label selection.')
  const proposal = await knowledge.proposal(card.proposal)
  const labelled = await knowledge.labelled()
  if (card.made === null || labelled === null) {
    const recommended = proposal.options.find((option) => option.recommended)
    const proposed = recommended === undefined ? 'No column is recommended as the label.' : `The label is not applied yet. Recommended: ${optionText(recommended)}`
    return said(proposed, [citeProposal(card)])
  }
  const chosen = proposal.options.find(({ effect }) => effectColumn(effect) === labelled.label.id)
  const ownAnswer = customSchema.safeParse(await knowledge.decision(card.made.decision)).success
  const own = ownAnswer ? ['The answer was not one of the options as it stands.', ...(chosen === undefined ? [] : ['Of this column the card said:'])] : []
  const why = [...own, ...(chosen === undefined ? [] : [chosen.summary, ...chosen.evidence.map(({ text }) => text)])].join(' ')
  const answer = await knowledge.answer(card.made.answer)
  const reason = answer?.rationale == null ? '' : ` The reason given: ${quoted(answer.rationale)}.`
  const sentences = [
    `The label is ${quoted(labelled.label.name)}, decided by ${deciderText(card.made)} at ${moment(card.made.at)}.${reason}`,
    why,
    taskText(labelled),
    rowsText(labelled.rows),
  ]
  return said(sentences.join(' '), [citeDecision(card.made), citeProposal(card), ...citeOutcome(run, 'label_selection')])
}

type Labelled = NonNullable<Awaited<ReturnType<RunKnowledge['labelled']>>>

function taskText({ task, classes, positive, label: { name } }: Labelled): string {
  if (classes === null) return `It is predicted as a number (${task}).`
  const values = `${counted(classes.length, 'class')} (${list(classes.map(quoted))})`.replace('classs', 'classes')
  return `${quoted(name)} is predicted as one of ${values}${positive === null ? '' : `; ${quoted(positive)} is the positive one`}.`
}

function rowsText({ labelled, train, test, unlabelled }: Labelled['rows']): string {
  const without = unlabelled === 0 ? '' : ` ${counted(unlabelled, 'row')} have no label and are left out of both.`
  return `Of ${counted(labelled, 'row')} with a label, ${train.toLocaleString('en-US')} train and ${test.toLocaleString('en-US')} (${percent(test / labelled)}) are sealed for the test.${without}`
}

/** The column that an option of label selection is about. */
export function effectColumn(effect: unknown): string | null {
  return typeof effect === 'object' && effect !== null && 'column' in effect && typeof effect.column === 'string' ? effect.column : null
}
