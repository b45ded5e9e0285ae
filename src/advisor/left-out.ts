import type { RunKnowledge } from '#core/advisor-ports'
import type { LeftOut } from '#core/outcomes'
import { cardOf } from './card-of.ts'
import { citeColumns, citeOutcome, citeProposal } from './cite.ts'
import { said, type Intent, type Said } from './intent.ts'
import { hasAnyStem, type Question } from './read-question.ts'
import { counted, quoted } from './words.ts'

export const leftOut: Intent = {
  name: 'left_out',
  example: 'What leaks the label, and which columns are left out?',
  cues: [
    [4, 'leak'],
    [4, 'left out'],
    [4, 'leave out'],
    [3, 'proxy'],
    [3, 'proxies'],
    [3, 'exclud'],
    [3, 'dropped'],
    [3, 'removed'],
    [2, 'not used'],
    [2, 'not use'],
    [2, 'not in'],
    [2, 'unused'],
    [2, 'ignored'],
    [2, 'gives away'],
  ],
  weigh: ({ words, columns }) => (columns.length > 0 && hasAnyStem(words, 'not missing gone isn\'t wasn\'t') && hasAnyStem(words, 'why used in model gone') ? 3 : 0),
  answer: answerLeftOut,
}

const mostLines = 30

async function answerLeftOut({ columns }: Question, knowledge: RunKnowledge): Promise<Said> {
  const { run } = knowledge
  const labelled = await knowledge.labelled()
  const left = labelled?.left_out ?? (await knowledge.prepared())?.left_out ?? null
  const cited = labelled === null ? citeOutcome(run, 'data_preparation') : citeColumns(run)
  if (left === null) return said('Nothing is left out yet: data preparation is not done.')
  if (columns.length > 0) return said((await aboutColumns(columns.map(({ name }) => name), left, knowledge)).join(' '), cited)
  const card = cardOf(run, 'label_selection')
  const risks = card === null ? [] : await risksOf(card.proposal, labelled?.label.id ?? null, knowledge)
  const head = left.length === 0 ? 'No column is left out.' : `${counted(left.length, 'column')} ${left.length === 1 ? 'is' : 'are'} left out of the model:`
  const later = labelled === null ? ['What leaks the label is looked for when the label is chosen.'] : leakText(left)
  const suspects = risks.length === 0 ? [] : ['Kept, but to be looked at:', ...risks]
  const more = left.length > mostLines ? [`and ${left.length - mostLines} more.`] : []
  return said([head, ...left.slice(0, mostLines).map(line), ...more, ...later, ...suspects].join('\n'), [...cited, ...(card === null ? [] : [citeProposal(card)])])
}

function line({ name, reason, text }: LeftOut): string {
  return `${quoted(name)} (${reason.replaceAll('_', ' ')}): ${text}`
}

function leakText(left: readonly LeftOut[]): string[] {
  const proxies = left.filter(({ reason }) => reason === 'proxy')
  return [proxies.length === 0 ? 'No column was proven to say the label in other words.' : `${proxies.length} of them ${proxies.length === 1 ? 'says' : 'say'} the label in other words.`]
}

async function aboutColumns(names: readonly string[], left: readonly LeftOut[], knowledge: RunKnowledge): Promise<string[]> {
  const found = left.filter(({ name }) => names.includes(name))
  if (found.length > 0) return found.map((one) => `${quoted(one.name)} is left out (${one.reason.replaceAll('_', ' ')}): ${one.text}`)
  const [labelled, trained] = await Promise.all([knowledge.labelled(), knowledge.trained()])
  const label = labelled?.label.name
  return names.slice(0, 1).map((name) => {
    if (name === label) return `${quoted(name)} is the label itself, so the model does not read it.`
    if (trained?.features.includes(name)) return `${quoted(name)} is not left out: the model uses it.`
    if (labelled?.features.some((feature) => feature.name === name)) return trained === null ? `${quoted(name)} is not left out; the model may use it.` : `${quoted(name)} was not left out before training, but the training decision did not choose it.`
    return `${quoted(name)} is not among the columns that were left out.`
  })
}

/** What the card says against columns that it keeps. */
async function risksOf(proposal: string, label: string | null, knowledge: RunKnowledge): Promise<string[]> {
  const { options } = await knowledge.proposal(proposal)
  const option = options.find(({ id }) => id === `label:${label}`)
  return [...(option?.risks ?? [])]
}
