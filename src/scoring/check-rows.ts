import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { rowReader, type RawRow } from './row-reader.ts'
import type { RowScore, Scorer } from './scorer.ts'

/** What the API answers of a row, without its place in a request. */
export interface ExpectedAnswer {
  readonly score: number
  readonly proba?: number
  readonly probabilities?: Readonly<Record<string, number>>
  readonly pred: number | string
}

/** A row as a client sends it, with the answer to it. */
export interface CheckRow {
  readonly row: RawRow
  readonly expected: ExpectedAnswer
}

/** The rows with what the scorer says of each; a row that cannot be read is left out. */
export function checkRows(scorer: Scorer, rows: readonly RawRow[]): CheckRow[] {
  const read = rowReader(scorer.document)
  return rows.flatMap((row) => {
    const found = read(row)
    return found.ok ? [{ row, expected: expectedAnswer(scorer.predictRow(found.row), scorer.document.classes) }] : []
  })
}

/** The answer to a row as every export gives it. */
export function expectedAnswer(said: RowScore, classes: readonly string[] | null): ExpectedAnswer {
  const scores = [said.score].flat()
  if (said.task === 'regression') return { score: scores[0] ?? 0, pred: said.value }
  if (said.task === 'binary') return { score: scores[0] ?? 0, proba: said.probability, pred: said.prediction }
  const { probabilities, prediction } = said
  return { score: scores[classes?.indexOf(prediction) ?? 0] ?? 0, proba: probabilities[prediction] ?? 0, probabilities, pred: prediction }
}

/** A text that no column is likely to hold. */
const strangeText = '\u2297 not seen before'

/**
 * Further rows that no table holds: one with nothing but a gap, and for each column that is read the first row with a gap
 * there, and with a value that training did not see.
 */
export function strangeRows(columns: readonly Column[], sample: readonly RawRow[]): RawRow[] {
  const [first, second = first] = sample
  if (first === undefined || second === undefined || columns.length === 0) return []
  const nothing = Object.fromEntries(columns.map(({ name }): [string, Cell] => [name, null]))
  return [nothing, ...columns.flatMap((column) => [{ ...first, [column.name]: null }, ...strangeCells(column, second[column.name] ?? null).map((cell) => ({ ...second, [column.name]: cell }))])]
}

function strangeCells({ type }: Column, cell: Cell): Cell[] {
  if (type === 'text') return [strangeText, '']
  if (type !== 'number' && type !== 'integer') return []
  const size = typeof cell === 'number' && cell !== 0 ? Math.abs(cell) : 1
  return [-1000 * size, 1000 * size].map((one) => (type === 'integer' ? Math.round(one) : one))
}
