import type { RowExplanation, RunKnowledge } from '#core/advisor-ports'
import { citeModel, citeOutcome } from './cite.ts'
import { said, type Intent } from './intent.ts'
import { hasAnyStem, type Question } from './read-question.ts'
import { figure, percent, quoted, signed } from './words.ts'

export const explainRow: Intent = {
  name: 'explain_row',
  example: 'Explain row 17.',
  cues: [[2, 'row']],
  weigh: ({ words, numbers }) => (numbers.length > 0 && hasAnyStem(words, 'row rows record case observation predict explain') ? 5 : 0),
  answer: answerRow,
}

const shown = 8

async function answerRow({ numbers }: Question, knowledge: RunKnowledge) {
  const [row] = numbers
  const table = await knowledge.table()
  if (table === null) return said('The run has no dataset, so it has no rows.')
  const range = `Rows are counted from 0, the first below the header, to ${table.rows - 1}.`
  if (row === undefined) return said(`Which row? ${range}`)
  if (row >= table.rows) return said(`There is no row ${row}. ${range}`)
  const explained = await knowledge.explain(row)
  if (explained === null) return said(`No model is trained yet, so row ${row} cannot be explained.`)
  return said(rowText(explained), [...citeModel(knowledge.run), ...citeOutcome(knowledge.run, 'model_training')])
}

const scales = { logit: 'log-odds', softmax: 'log of the weight of the class', identity: 'the unit of the label', log: 'the logarithm of the label' } as const

function rowText(row: RowExplanation): string {
  const { contributions, start, total, link, explained } = row
  const ranked = [...contributions].filter(({ part }) => part !== 0).sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
  const line = ({ features, values, part }: (typeof ranked)[number]) => `${features.map((feature, i) => `${quoted(feature)} = ${valueText(values[i] ?? null)}`).join(' with ')}: ${signed(part)}`
  const rest = ranked.slice(shown)
  const of = explained === null ? '' : ` for ${quoted(explained)}`
  return [
    headOf(row),
    `The score${of} adds up on the scale of ${scales[link]}: it starts at ${figure(start)} and comes to ${figure(total)}. By size:`,
    ...ranked.slice(0, shown).map(line),
    ...(rest.length === 0 ? [] : [`${rest.length} more terms together: ${signed(rest.reduce((sum, { part }) => sum + part, 0))}`]),
    ...(ranked.length === 0 ? ['No feature moves it from where it starts.'] : []),
  ].join('\n')
}

const sides = {
  train: 'It is one of the rows that the model learnt from.',
  test: 'It is one of the sealed test rows.',
  unlabelled: 'It has no label, so it was neither learnt from nor tested on.',
} as const

function headOf({ row, prediction, probability, label, side, explained }: RowExplanation): string {
  const said_ = typeof prediction === 'number' ? figure(prediction) : quoted(prediction)
  const sure = probability === null ? '' : `, with a probability of ${percent(probability)} for ${quoted(explained ?? '')}`
  const own = label === null ? '' : ` Its own label is ${valueText(typeof label === 'boolean' ? String(label) : label)}.`
  return `Row ${row}, counted from 0, is predicted ${said_}${sure}.${own} ${sides[side]}`
}

function valueText(value: string | number | null): string {
  if (value === null) return 'missing'
  return typeof value === 'number' ? figure(value) : quoted(value)
}
