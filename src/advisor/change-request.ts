import type { ChatProposal, RunKnowledge } from '#core/advisor-ports'
import { isEnded, isStarted } from '#core/run'
import { openCard, type Card } from './card-of.ts'
import { citeProposal, citeRun } from './cite.ts'
import { said, type Intent, type Said } from './intent.ts'
import { effectColumn } from './label.ts'
import { proposedAnswer, proposedSkip } from './proposed-answer.ts'
import { hasAnyStem, type Question } from './read-question.ts'
import { headline, phaseTitle, quoted } from './words.ts'

const verbs = new Set('use drop remove exclude ignore add include change set make choose pick take select switch replace skip cancel stop abort end resume restart continue retrain deploy approve reject apply accept start delete keep leave merge rename impute fill train activate'.split(' '))

/** Words of politeness and wish that stand before what is wanted. */
const before = new Set('please can could would you we just now ok okay i want wish like need to lets let\'s us then and also instead rather'.split(' '))

export const changeRequest: Intent = {
  name: 'change_request',
  example: 'How do I change something? ("use another column instead", "skip this phase")',
  cues: [
    [3, 'how do change'],
    [3, 'how can change'],
  ],
  weigh: ({ words }) => (asksForChange(words) ? 8 : 0),
  answer: answerChange,
}

/** Whether the first word that means something is an order. */
function asksForChange(words: readonly string[]): boolean {
  return verbs.has(orderOf(words))
}

/** The first word that is no politeness. */
function orderOf(words: readonly string[]): string {
  return words.find((word) => !before.has(word)) ?? ''
}

const unchanged = 'The chat changes nothing.'

async function answerChange(question: Question, knowledge: RunKnowledge): Promise<Said> {
  const { run } = knowledge
  const path = `/v1/agentic/runs/${run.run_id}`
  const command = commandFor(question, path)
  if (command !== null) return { ...said(`${unchanged} ${command}`, [citeRun(run)]), ...proposalOf(commandAsked(question, run)) }
  if (!isStarted(run)) return said(`${unchanged} The run is not started: what you want can be given to start_run, for example as target, task, user_query or test.`, [citeRun(run)])
  const card = openCard(run)
  if (card === null) return said(`${unchanged} No decision is open: ${await later(knowledge)}`, [citeRun(run)])
  const proposal = proposedAnswer(orderOf(question.words), question, { card, proposal: await knowledge.proposal(card.proposal) })
  return { ...said([unchanged, ...(await howToAnswer(question, card, { path, knowledge }))].join(' '), [citeProposal(card)]), ...proposalOf(proposal) }
}

function proposalOf(proposal: ChatProposal | null): { readonly proposal?: ChatProposal } {
  return proposal === null ? {} : { proposal }
}

/** The command as something to confirm, where the run can obey it now. */
function commandAsked({ words }: Question, run: RunKnowledge['run']): ChatProposal | null {
  const order = [orderOf(words)]
  const card = openCard(run)
  if (hasAnyStem(order, 'skip')) {
    if (card !== null) return proposedSkip(card)
    return run.status === 'running' ? { act: 'skip_phase', title: `${headline(phaseTitle(run.current))} is skipped.`, consequence: 'What it has computed is thrown away, and the run goes on without it.', decision: null } : null
  }
  if (hasAnyStem(order, 'cancel stop abort end') && !isEnded(run)) return { act: 'cancel_run', title: 'The run is ended for good.', consequence: 'What was decided stays readable; the run cannot go on.', decision: null }
  if (hasAnyStem(order, 'resume continue restart') && (run.status === 'paused' || run.status === 'failed')) return { act: 'resume_run', title: 'The run goes on.', consequence: run.status === 'failed' ? 'The phase that failed is tried again.' : 'The open decision waits for an answer again.', decision: null }
  return null
}

/** What has a call of its own. */
function commandFor({ words }: Question, path: string): string | null {
  const order = [orderOf(words)]
  if (hasAnyStem(order, 'skip') && !words.some((word) => word.startsWith('option'))) return `To skip the phase that is open or computing: POST ${path}/skip-phase (client.agentic.skipPhase).`
  if (hasAnyStem(order, 'cancel stop abort end')) return `To end the run for good: POST ${path}/cancel (client.agentic.cancelRun).`
  if (hasAnyStem(order, 'resume continue restart')) return `To let a paused or failed run go on: POST ${path}/resume (client.agentic.resumeRun).`
  if (hasAnyStem(order, 'delete')) return `To delete an ended run: DELETE ${path} (client.agentic.deleteRun).`
  if (hasAnyStem(order, 'retrain')) return `To retrain a completed run, on new data or with other steps: POST ${path}/retrain.`
  return null
}

async function later({ run }: RunKnowledge): Promise<string> {
  if (run.status === 'completed') return 'the run is completed, and decisions stay as they were made. Start a new run on the same dataset, or retrain this one.'
  if (run.status === 'failed' || run.status === 'cancelled') return `the run is ${run.status}. Start a new run on the same dataset${run.status === 'failed' ? ', or resume this one' : ''}.`
  return 'wait for the next card, which says what it takes; decisions that were made stay as they were made.'
}

interface Place {
  readonly path: string
  readonly knowledge: RunKnowledge
}

async function howToAnswer({ columns }: Question, card: Card, { path, knowledge }: Place): Promise<string[]> {
  const { options } = await knowledge.proposal(card.proposal)
  const send = `POST ${path}/decisions (client.agentic.submitDecision) with decision_type "${card.phase}", decision_id "${card.decision_id}", revision ${card.revision}`
  const [named] = columns
  if (card.phase === 'label_selection' && named !== undefined) {
    const option = options.find(({ effect }) => effectColumn(effect) === named.id)
    const value = option === undefined ? `custom_value ${quoted(named.name)}` : `choice_index ${option.index}`
    return [`Label selection is open. To predict ${quoted(named.name)}: ${send} and ${value}.`, ...(option === undefined ? ['It is none of the options, so it is checked when it is sent, and refused with the reason where it cannot be predicted.'] : [])]
  }
  const about = named === undefined ? [] : options.filter(({ title }) => title.includes(named.name)).map(({ index, title }) => `Option ${index} is about it: ${quoted(title)}.`)
  const what = options.length === 0 ? 'the answer' : `the answer, such as the index of one of its ${options.length} options (0 to ${options.length - 1})`
  return [`The decision of ${phaseTitle(card.phase)} is open. To answer it: ${send} and ${what}; the field "accepts" of the pending decision says all that it takes.`, ...about]
}
