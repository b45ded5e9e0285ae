import type { ChatProposal } from '#core/advisor-ports'
import type { Answer, Option, Proposal } from '#core/decision'
import type { PhaseName } from '#core/phase-names'
import type { Card } from './card-of.ts'
import { effectColumn } from './label.ts'
import { hasAnyStem, type Question } from './read-question.ts'
import { counted, headline, phaseTitle, quoted } from './words.ts'

/** Phases whose answer takes any number of options; every other one takes one. */
const manyChoices: ReadonlySet<PhaseName> = new Set<PhaseName>(['data_preparation', 'feature_engineering'])

const without = 'skip drop remove exclude ignore leave reject delete'
const accepting = 'accept approve'

/** The answer to the open card that a message asks for; null where it names nothing that the card offers. */
export function proposedAnswer(order: string, question: Question, { card, proposal }: { card: Card; proposal: Proposal }): ChatProposal | null {
  const named = optionsNamed(question, proposal)
  const found = manyChoices.has(card.phase) ? someOf({ order, named, proposal }) : oneOf({ order, named, question, phase: card.phase, proposal })
  if (found === null) return null
  const { decision_id, revision, phase } = card
  return {
    act: 'submit_decision',
    title: found.title,
    consequence: `This answers the decision of ${phaseTitle(phase)}, and the run goes on with it.`,
    decision: { decision_type: phase, decision_id, revision, answer: found.answer },
  }
}

/** Goes on without the phase whose card is open. */
export function proposedSkip({ phase, decision_id, revision }: Card): ChatProposal {
  return {
    act: 'submit_decision',
    title: `${headline(phaseTitle(phase))} is skipped.`,
    consequence: 'The run goes on without what this phase would have made.',
    decision: { decision_type: phase, decision_id, revision, answer: { skipped: true } },
  }
}

interface Found {
  readonly title: string
  readonly answer: Answer
}

interface Asked {
  readonly order: string
  readonly named: readonly Option[]
  readonly proposal: Proposal
}

/** What is recommended, with or without the options that are named. */
function someOf({ order, named, proposal: { options } }: Asked): Found | null {
  if (named.length === 0 && !hasAnyStem([order], accepting)) return null
  const unwanted = hasAnyStem([order], without)
  // "Drop the column" asks for the option that drops it, and not to go without that option.
  const takes = (option: Option) => !unwanted || /^(?:drop|leave|remove|exclude)/iu.test(option.title)
  const taken = options.filter((option) => (named.includes(option) ? takes(option) : option.recommended))
  const told = named.map((option) => `${takes(option) ? 'with' : 'without'} ${quoted(option.title)}`)
  if (options.length === 0) return { title: 'The phase goes on as it is: nothing was offered.', answer: { apply_indices: [] } }
  const title = `${taken.length} of ${counted(options.length, 'option')} are taken: those recommended${told.length === 0 ? '' : `, ${told.join(', ')}`}.`
  return { title, answer: { apply_indices: taken.map(({ index }) => index) } }
}

function oneOf({ order, named, question, phase, proposal }: Asked & { question: Question; phase: PhaseName }): Found | null {
  if (hasAnyStem([order], without)) return null
  const [column] = question.columns
  if (phase === 'label_selection' && column !== undefined) {
    const option = proposal.options.find(({ effect }) => effectColumn(effect) === column.id)
    const answer = option === undefined ? { custom_value: column.name } : { choice_index: option.index }
    return { title: `The run predicts ${quoted(column.name)}.`, answer }
  }
  const recommended = proposal.options.find(({ index }) => index === proposal.recommended_index)
  const [chosen] = named.length === 0 && recommended !== undefined && hasAnyStem([order], accepting) ? [recommended] : named
  return chosen === undefined || named.length > 1 ? null : { title: `${quoted(chosen.title)} is taken.`, answer: { choice_index: chosen.index } }
}

/** By "option 3", by its title, or by a column that its title names. */
function optionsNamed({ words, numbers, text, columns }: Question, { options }: Proposal): readonly Option[] {
  if (words.some((word) => word.startsWith('option'))) return options.filter(({ index }) => numbers.includes(index))
  const titled = options.filter(({ title }) => text.toLowerCase().includes(title.toLowerCase()))
  if (titled.length > 0) return titled
  return options.filter(({ title }) => columns.some(({ name }) => title.includes(name)))
}
