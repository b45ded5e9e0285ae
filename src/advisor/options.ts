import type { RunKnowledge } from '#core/advisor-ports'
import type { Option, Proposal } from '#core/decision'
import { cardMeant } from './card-of.ts'
import { citeDecision, citeOption, citeProposal } from './cite.ts'
import { said, type Intent } from './intent.ts'
import { optionLine, optionText } from './option-text.ts'
import type { Question } from './read-question.ts'
import { choiceText, deciderText } from './choice-text.ts'
import { counted, headline, moment, phaseTitle } from './words.ts'

export const options: Intent = {
  name: 'options',
  example: 'Which options are there, and why is one recommended?',
  cues: [
    [4, 'option'],
    [3, 'choice'],
    [3, 'choices'],
    [3, 'alternativ'],
    [3, 'recommend'],
    [2, 'offer'],
    [2, 'card'],
    [3, 'why choos'],
    [3, 'why chose'],
    [3, 'why model'],
    [2, 'should choose'],
    [2, 'should take'],
    [2, 'should pick'],
    [2, 'trainer'],
    [2, 'trainers'],
    [2, 'evidence'],
    [2, 'risk'],
  ],
  weigh: ({ words, numbers }) => (numbers.length > 0 && words.some((word) => word.startsWith('option')) ? 3 : 0),
  answer: answerOptions,
}

const mostLines = 20

async function answerOptions(question: Question, knowledge: RunKnowledge) {
  const card = cardMeant(knowledge.run, question.phases)
  if (card === null) return said('No options were worked out yet; the first card comes when a phase has measured its options.')
  const proposal = await knowledge.proposal(card.proposal)
  const cited = [citeProposal(card), ...(card.made === null ? [] : [citeDecision(card.made)])]
  const head = `${headline(phaseTitle(card.phase))}: ${proposal.subject}`
  const decided = card.made === null ? 'It waits for an answer.' : `It was decided by ${deciderText(card.made)} at ${moment(card.made.at)}: ${await choiceText(card.made, proposal, knowledge)}.`
  const meant = optionsMeant(question, proposal)
  if (meant === 'unknown') return said(`${head} The card has ${counted(proposal.options.length, 'option')}, ${range(proposal)}.`, cited)
  if (meant !== null) return said([head, ...meant.map(optionText), decided].join('\n'), [...meant.map((option) => citeOption(card, option)), ...cited])
  if (proposal.options.length === 0) return said(`${head} Nothing was found to offer. ${decided}`, cited)
  const lines = proposal.options.slice(0, mostLines).map(optionLine)
  const more = proposal.options.length > mostLines ? [`${proposal.options.length - mostLines} more are on the card.`] : []
  return said([head, ...lines, ...more, ...recommendation(proposal), decided].join('\n'), cited)
}

function range({ options: offered }: Proposal): string {
  return offered.length === 0 ? 'so none can be named' : `by index 0 to ${offered.length - 1}`
}

/** The options that a question names, by index or by a column of theirs; null where it names none. */
function optionsMeant({ numbers, words, columns }: Question, { options: offered }: Proposal): readonly Option[] | 'unknown' | null {
  if (words.some((word) => word.startsWith('option')) && numbers.length > 0) {
    const named = offered.filter(({ index }) => numbers.includes(index))
    return named.length > 0 ? named : 'unknown'
  }
  if (words.some((word) => word.startsWith('recommend'))) {
    const recommended = offered.filter((option) => option.recommended)
    if (recommended.length > 0 && recommended.length <= 3) return recommended
  }
  if (columns.length === 0) return null
  const about = offered.filter(({ title, effect }) => columns.some(({ id, name }) => title.includes(name) || JSON.stringify(effect).includes(`"${id}"`)))
  return about.length > 0 && about.length <= 3 ? about : null
}

function recommendation({ context }: Proposal): string[] {
  const reason = context.recommendation
  return typeof reason === 'string' ? [`Why the recommended one: ${reason}`] : []
}
