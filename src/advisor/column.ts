import { z } from 'zod'
import type { RunKnowledge } from '#core/advisor-ports'
import { profileSchema } from '#core/dataset'
import { cardOf } from './card-of.ts'
import { citeColumn, citeColumns, citeOutcome } from './cite.ts'
import { said, type Intent } from './intent.ts'
import type { Question } from './read-question.ts'
import { counted, figure, list, percent, quoted } from './words.ts'

export const column: Intent = {
  name: 'column',
  example: 'How was a column prepared?',
  cues: [
    [3, 'prepared'],
    [3, 'prepare'],
    [2, 'cleaned'],
    [2, 'happened to'],
    [2, 'lineage'],
    [2, 'come from'],
    [2, 'comes from'],
    [2, 'made of'],
    [2, 'transform'],
    [2, 'steps'],
    [2, 'column'],
    [2, 'missing'],
  ],
  // A column that is named and nothing else that is asked: tell about the column.
  weigh: ({ columns }) => (columns.length > 0 ? 2 : 0),
  answer: answerColumn,
}

async function answerColumn({ columns }: Question, knowledge: RunKnowledge) {
  const ways = await knowledge.ways()
  const cited = [...citeOutcome(knowledge.run, 'data_preparation'), ...citeColumns(knowledge.run)]
  if (columns.length === 0) {
    const changed = ways.filter(({ steps }) => steps.length > 0)
    if (changed.length === 0) return said(`No step changes any of the ${counted(new Set(ways.map(({ from }) => from)).size, 'column')}.`, cited)
    return said(['Steps change these columns:', ...changed.slice(0, 20).map(wayText), ...(changed.length > 20 ? [`and ${changed.length - 20} more.`] : [])].join('\n'), cited)
  }
  const told: string[] = []
  for (const { name } of columns.slice(0, 4)) told.push(await aboutColumn(name, knowledge))
  return said([...new Set(told)].join('\n'), [...columns.slice(0, 4).flatMap(({ name }) => citeColumn(knowledge.run, name)), ...cited])
}

function wayText({ from, to, steps }: { readonly from: string; readonly to: string; readonly steps: readonly string[] }): string {
  const goal = from === to ? quoted(from) : `${quoted(from)} becomes ${quoted(to)}`
  return `${goal}: ${steps.length === 0 ? 'unchanged' : steps.join('; ')}.`
}

async function aboutColumn(name: string, knowledge: RunKnowledge): Promise<string> {
  const ways = (await knowledge.ways()).filter(({ from, to }) => from === name || to === name)
  const made = ways.length === 0 ? [`${quoted(name)} is not in the table after the steps.`] : ways.map(wayText)
  const after = new Set([name, ...ways.map(({ to }) => to)])
  return [...made, ...(await profileOf(name, knowledge)), ...(await useOf(after, knowledge))].join(' ')
}

const contextSchema = z.object({ profile: profileSchema })

/** Exact facts of the column over all rows, as the card of data preparation shows them. */
async function profileOf(name: string, knowledge: RunKnowledge): Promise<string[]> {
  const card = cardOf(knowledge.run, 'data_preparation')
  const read = card === null ? null : contextSchema.safeParse((await knowledge.proposal(card.proposal)).context)
  const profile = read?.success ? read.data.profile : null
  const facts = profile?.columns.find((one) => one.name === name)
  if (profile === null || facts === undefined) return []
  const missing = facts.missing === 0 ? 'no cell is empty' : `${counted(facts.missing, 'cell')} of ${profile.rows.toLocaleString('en-US')} are empty (${percent(facts.missing / profile.rows)})`
  const spread = facts.numeric === null ? '' : `, from ${figure(facts.numeric.min)} to ${figure(facts.numeric.max)}`
  const top = facts.numeric === null && facts.top.length > 0 ? `; the most frequent: ${list(facts.top.slice(0, 3).map(({ value, count }) => `${quoted(value)} (${count})`))}` : ''
  return [`Before the steps: ${facts.type}, ${facts.distinct.toLocaleString('en-US')} different values${spread}; ${missing}${top}.`]
}

async function useOf(names: ReadonlySet<string>, knowledge: RunKnowledge): Promise<string[]> {
  const [labelled, trained, prepared] = await Promise.all([knowledge.labelled(), knowledge.trained(), knowledge.prepared()])
  const left = (labelled?.left_out ?? prepared?.left_out ?? []).filter((one) => names.has(one.name))
  if (labelled !== null && names.has(labelled.label.name)) return ['It is the label.']
  if (left.length > 0) return left.map(({ text }) => `It is left out of the model: ${text}`)
  const importances = await knowledge.importances()
  const place = importances.findIndex(({ features: [feature = '', ...more] }) => more.length === 0 && names.has(feature))
  const partners = importances.flatMap(({ features }) => (features.length > 1 && features.some((feature) => names.has(feature)) ? features.filter((feature) => !names.has(feature)) : []))
  const together = partners.length === 0 ? [] : [`The model ${place >= 0 ? 'also ' : ''}uses it together with ${list(partners.map(quoted))}.`]
  if (place >= 0) return [`The model uses it; by importance it is number ${place + 1} of ${importances.length}.`, ...together]
  if (together.length > 0) return together
  if (trained !== null) return ['The model does not use it.']
  return labelled === null ? [] : ['The model may use it.']
}
