import type { Cell } from '#core/ports'
import type { ResultColumn, ScoringRequest } from '#core/scoring-job'
import type { PredictionAnswer } from '#wire/prediction'
import type { ServingModel } from './deployed-model.ts'

/** The columns of a result file, and its rows as lines of CSV. */
export interface ResultRows {
  readonly columns: readonly ResultColumn[]
  header(): string
  line(answer: PredictionAnswer, row: Readonly<Record<string, Cell>>): string
}

type ValueOf = (answer: PredictionAnswer, row: Readonly<Record<string, Cell>>) => Cell

interface Writing extends ResultColumn {
  readonly value: ValueOf
}

/** Compiles the layout of a result: the kept columns, the prediction, and what was odd about the row. */
export function resultRows({ document, scorer }: ServingModel, { keep, show_breakdown }: Pick<ScoringRequest, 'keep' | 'show_breakdown'>, parts: readonly string[] = partNames(scorer)): ResultRows {
  const writing: Writing[] = [
    { name: 'row', type: 'integer', value: ({ index }) => index },
    ...keep.map((name): Writing => ({ name, type: 'text', value: (_answer, row) => textOf(row[name] ?? null) })),
    { name: 'prediction', type: document.task === 'regression' ? 'number' : 'text', value: ({ pred }) => pred },
    ...(document.task === 'regression' ? [] : [{ name: 'probability', type: 'number' as const, value: (({ proba }) => proba ?? null) satisfies ValueOf }]),
    { name: 'score', type: 'number', value: ({ score }) => score },
    ...(document.task === 'multiclass' ? (document.classes ?? []).map((label): Writing => ({ name: `probability_${label}`, type: 'number', value: ({ probabilities }) => probabilities?.[label] ?? null })) : []),
    ...(show_breakdown ? parts.map((name): Writing => ({ name: `contribution_${name}`, type: 'number', value: ({ breakdown }) => breakdown?.[name] ?? null })) : []),
    { name: 'warnings', type: 'text', value: ({ warnings = [] }) => (warnings.length === 0 ? null : warnings.map(({ message }) => message).join(' ')) },
    { name: 'error', type: 'text', value: ({ error }) => error?.message ?? null },
  ]
  return {
    columns: writing.map(({ name, type }) => ({ name, type })),
    header: () => `${writing.map(({ name }) => quoted(name)).join(',')}\n`,
    line: (answer, row) => `${writing.map(({ type, value }) => fieldOf(value(answer, row), type)).join(',')}\n`,
  }
}

function partNames(scorer: ServingModel['scorer']): string[] {
  return [...new Set(['base_value', ...scorer.names])]
}

function textOf(cell: Cell): string | null {
  return cell === null ? null : String(cell)
}

/** Texts always stand in quotes and numbers never, so that a reader can tell them apart. */
function fieldOf(value: Cell, type: ResultColumn['type']): string {
  if (value === null) return ''
  return type === 'text' ? quoted(String(value)) : String(value)
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

const formulaStart = /^[=+\-@\t\r]/u

/** Puts an apostrophe before the texts of such a file that a spreadsheet would take for a formula. */
export async function* withoutFormulas(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let inside = false
  // Two quotes with nothing between them are one that belongs to the text.
  let opened = false
  let sinceQuote = true
  for await (const chunk of chunks) {
    let text = ''
    for (const [i, piece] of decoder.decode(chunk, { stream: true }).split('"').entries()) {
      if (i > 0) {
        inside = !inside
        opened = inside && sinceQuote
        sinceQuote = false
        text += '"'
      }
      if (piece === '') continue
      if (inside && opened && formulaStart.test(piece)) text += "'"
      opened = false
      if (!inside) sinceQuote = true
      text += piece
    }
    if (text !== '') yield text
  }
}
