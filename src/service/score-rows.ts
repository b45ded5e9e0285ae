import { accept, refuse, type Result } from '#core/errors'
import type { RawRow } from '#scoring/row-reader'
import type { RowScore } from '#scoring/scorer'
import { mostRows, type PredictionAnswer } from '#wire/prediction'
import type { DeployedModel } from './deployed-model.ts'

export interface ScoreRequest {
  readonly rows: readonly unknown[]
  /** Of a binary model; null where the deployment's or the model's own holds. */
  readonly threshold: number | null
  readonly show_breakdown: boolean
}

/** Predictions in parts, in the order of the rows. */
export type ScoredParts = AsyncIterable<readonly PredictionAnswer[]>

interface Scoring {
  readonly model: DeployedModel
  /** Lets others of this process go on; called between parts. */
  readonly pause: () => Promise<void>
}

/** So many rows at a time, a few milliseconds of work. */
const partSize = 250

/** Reads every row before the first is scored, so that a row that cannot be read refuses the request as a whole. */
export async function scoreRows({ model, pause }: Scoring, request: ScoreRequest): Promise<Result<ScoredParts>> {
  if (request.rows.length > mostRows) {
    return refuse('VALIDATION_FAILED', `The request has ${request.rows.length} rows; one request takes up to ${mostRows}.`, { suggestion: 'Send the rows in several requests.' })
  }
  const rows: RawRow[] = []
  for (const [index, sent] of request.rows.entries()) {
    const read = model.readRow(sent)
    if (!read.ok) return unreadable(index, read)
    rows.push(read.row)
    if (rows.length % partSize === 0) await pause()
  }
  return accept(parts({ model, pause }, rows, request))
}

async function* parts({ model, pause }: Scoring, rows: readonly RawRow[], request: ScoreRequest): AsyncGenerator<readonly PredictionAnswer[]> {
  const threshold = request.threshold ?? model.scorer.document.threshold ?? 0.5
  for (let start = 0; start < rows.length; start += partSize) {
    if (start > 0) await pause()
    yield rows.slice(start, start + partSize).map((row, i) => {
      const score = model.scorer.predictRow(row)
      const answer = answerOf(start + i, score, { classes: model.scorer.document.classes ?? [], threshold })
      return request.show_breakdown ? { ...answer, breakdown: breakdownOf(score, answer.pred, model.scorer.document.classes) } : answer
    })
  }
}

function unreadable(index: number, { column, expected, received }: { column: string | null; expected: string; received: unknown }) {
  const got = shortText(received)
  const place = column === null ? `Row ${index}` : `Row ${index}, column ${JSON.stringify(column)}`
  const message = `${place}: expected ${expected}, received ${got}. Rows are counted from 0.`
  return refuse('ROW_UNREADABLE', message, { detail: { row: index, column, expected, received: got } })
}

function shortText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Existing clients read the part of the model that answered; a model here is always whole. */
const wholeModel = '__dataset__'

function answerOf(index: number, said: RowScore, { classes, threshold }: { classes: readonly string[]; threshold: number }): PredictionAnswer {
  const base = { index, partition: wholeModel }
  if (said.task === 'regression') return { ...base, score: firstOf(said.score), pred: said.value }
  if (said.task === 'binary') {
    const pred = classes[said.probability >= threshold ? 1 : 0] ?? said.prediction
    return { ...base, score: firstOf(said.score), proba: said.probability, pred }
  }
  const { probabilities, prediction } = said
  const score = firstOf(said.score, outputOf(prediction, classes))
  return { ...base, score, proba: probabilities[prediction] ?? 0, probabilities, pred: prediction }
}

function firstOf(score: number | readonly number[], output = 0): number {
  return typeof score === 'number' ? score : (score[output] ?? 0)
}

/** A model of two classes or of a number has one output; of more classes, one each. */
function outputOf(prediction: string | number, classes: readonly string[] | null): number {
  return classes === null || classes.length <= 2 ? 0 : Math.max(0, classes.indexOf(String(prediction)))
}

/** The parts of the score, which add up to it; of several classes, of the one that was predicted. */
function breakdownOf(said: RowScore, prediction: string | number, classes: readonly string[] | null): Record<string, number> {
  const output = said.task === 'multiclass' ? outputOf(prediction, classes) : 0
  const parts = new Map<string, number>([['base_value', said.intercepts[output] ?? 0]])
  for (const { name, contributions: byOutput } of said.contributions) {
    const key = name === 'base_value' ? 'base_value_2' : name
    parts.set(key, (parts.get(key) ?? 0) + (byOutput[output] ?? 0))
  }
  return Object.fromEntries(parts)
}
