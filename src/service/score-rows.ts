import { accept, refuse, type Result } from '#core/errors'
import type { RowFault } from '#scoring/raw-cells'
import { mostRows, type PredictionAnswer } from '#wire/prediction'
import type { ServingModel } from './deployed-model.ts'

export interface ScoreRequest {
  readonly rows: readonly unknown[]
  /** Of a binary model; null where the deployment's or the model's own holds. */
  readonly threshold: number | null
  readonly show_breakdown: boolean
}

/** Predictions in parts, in the order of the rows. */
export type ScoredParts = AsyncIterable<readonly PredictionAnswer[]>

interface Scoring {
  readonly model: ServingModel
  /** Lets others of this process go on; called between parts. */
  readonly pause: () => Promise<void>
}

/** So many rows at a time, a few milliseconds of work. */
const partSize = 250

/** Scores every row by itself: one that cannot be read is answered in its place, and holds up no other. */
export function scoreRows({ model, pause }: Scoring, request: ScoreRequest): Result<ScoredParts> {
  const { rows } = request
  if (rows.length > mostRows) return refuse('TOO_MANY_ROWS', `The request has more than ${mostRows.toLocaleString('en-US')} rows, the most that one request takes.`)
  return accept(parts(pause, rows, rowAnswerer(model, request)))
}

/** Answers that need no model: the same for every row. */
export function answerAll(rows: readonly unknown[], pred: string | number, pause: () => Promise<void>): Result<ScoredParts> {
  if (rows.length > mostRows) return refuse('TOO_MANY_ROWS', `The request has more than ${mostRows.toLocaleString('en-US')} rows, the most that one request takes.`)
  return accept(parts(pause, rows, (_row, index) => ({ index, partition: wholeModel, score: null, pred, fallback: true })))
}

type AnswerRow = (row: unknown, index: number) => PredictionAnswer

async function* parts(pause: () => Promise<void>, rows: readonly unknown[], answer: AnswerRow): AsyncGenerator<readonly PredictionAnswer[]> {
  for (let start = 0; start < rows.length; start += partSize) {
    if (start > 0) await pause()
    const part: PredictionAnswer[] = []
    for (let i = start; i < Math.min(start + partSize, rows.length); i++) part.push(answer(rows[i], i))
    yield part
  }
}

/** Existing clients read the part of the model that answered; a model here is always whole. */
const wholeModel = '__dataset__'

/** Compiles what is answered of a row: its prediction with what was odd about it, or why there is none. */
export function rowAnswerer({ scorer, document }: ServingModel, asked: Omit<ScoreRequest, 'rows'>): AnswerRow {
  const classes = document.classes ?? []
  const threshold = asked.threshold ?? document.threshold ?? 0.5
  const { said } = scorer
  function predicted(index: number): PredictionAnswer {
    const [score = 0] = said.scores
    if (document.task === 'regression') return { index, partition: wholeModel, score, pred: said.value }
    if (document.task === 'binary') {
      return { index, partition: wholeModel, score, proba: said.probability, pred: classes[said.probability >= threshold ? 1 : 0] ?? '' }
    }
    const best = likeliest(said.probabilities)
    const probabilities = Object.fromEntries(said.probabilities.map((probability, k) => [classes[k] ?? String(k), probability]))
    return { index, partition: wholeModel, score: said.scores[best] ?? 0, proba: said.probabilities[best] ?? 0, probabilities, pred: classes[best] ?? '' }
  }
  return function answerRow(row, index) {
    const fault = scorer.score(row)
    if (fault !== null) return unreadable(index, fault)
    const answer = predicted(index)
    const warnings = scorer.warnings()
    if (warnings.length > 0) answer.warnings = [...warnings]
    if (asked.show_breakdown) answer.breakdown = breakdownOf(scorer, document, document.task === 'multiclass' ? likeliest(said.probabilities) : 0)
    return answer
  }
}

function likeliest(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities))
}

/** The parts of the score, which add up to it; of several classes, of the one that was predicted. */
function breakdownOf(scorer: ServingModel['scorer'], { model }: ServingModel['document'], output: number): Record<string, number> {
  const parts = new Map<string, number>([['base_value', model.intercepts[output] ?? 0]])
  for (const { name, byOutput } of scorer.parts()) {
    const key = name === 'base_value' ? 'base_value_2' : name
    parts.set(key, (parts.get(key) ?? 0) + (byOutput[output] ?? 0))
  }
  return Object.fromEntries(parts)
}

function unreadable(index: number, { column, expected, received }: RowFault): PredictionAnswer {
  const place = column === null ? 'the row' : `column ${shortText(column)}`
  const message = `${place}: expected ${expected}, received ${shortText(received)}.`
  return { index, partition: wholeModel, score: null, pred: null, error: { code: 'ROW_UNREADABLE', column: column === null ? null : column.slice(0, 200).toWellFormed(), message } }
}

/** Of a long text or a large object only the beginning is written out. */
function shortText(value: unknown): string {
  if (typeof value === 'string') return cut(JSON.stringify(value.slice(0, 100).toWellFormed()))
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return cut(String(value))
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text
}
