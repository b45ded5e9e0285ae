import { accept, type Result, refuse } from '#core/errors'
import type { Cell } from '#core/ports'
import { calibratedProbability } from '#ml/calibration-map'
import { type Contribution, type Explanation, explainRow } from '#ml/explain'
import type { RowPrediction } from '#ml/prediction'
import { predictionOfSums, type Row } from '#ml/score-row'
import { compilePipeline } from '#steps/compile-pipeline'
import { rowRunner } from '#steps/run-row'
import { featureValue } from './feature-value.ts'
import { type ScorerDocument, scorerSchema } from './scorer-schema.ts'

interface RowScoreBase {
  /** Sum of start and contributions on the scale of the model: log-odds of the positive class, or of each class. */
  readonly score: number | readonly number[]
  /** Start of the sum, by output. */
  readonly intercepts: readonly number[]
  readonly contributions: readonly Contribution[]
}

/** What a scorer says of one row. */
export type RowScore = RowScoreBase &
  (
    | { readonly task: 'binary'; readonly probability: number; readonly prediction: string }
    | {
        readonly task: 'multiclass'
        readonly probabilities: Readonly<Record<string, number>>
        readonly prediction: string
      }
    | { readonly task: 'regression'; readonly value: number; readonly prediction: number }
  )

/** A fitted pipeline and a model that score raw rows, column names as in the file. */
export interface Scorer {
  readonly document: ScorerDocument
  /** A column that the row lacks is missing; one that the pipeline does not know is ignored. */
  predictRow(row: Readonly<Record<string, Cell>>): RowScore
}

/** Opens a stored scorer; what is no scorer is refused with the place that differs. */
export function readScorer(json: unknown): Result<Scorer> {
  const read = scorerSchema.safeParse(json)
  if (!read.success) {
    const [issue] = read.error.issues
    return refuse(
      'VALIDATION_FAILED',
      `This is no scorer of Signalbox: ${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'unreadable'}.`,
    )
  }
  return openScorer(read.data)
}

/** Makes a checked document ready to score rows. */
export function openScorer(document: ScorerDocument): Result<Scorer> {
  const pipeline = compilePipeline(document.pipeline.spec, document.pipeline.columns, document.pipeline.state)
  if (!pipeline.ok) return pipeline
  const runRow = rowRunner(pipeline.value, document.pipeline.state)
  const explain = explainRow(document.model)
  const { features } = document
  function predictRow(raw: Readonly<Record<string, Cell>>): RowScore {
    const prepared = runRow(raw)
    const row: Row = Object.fromEntries(
      features.map(({ name, type }) => [name, featureValue(prepared[name] ?? null, type)]),
    )
    const explained = explain(row)
    return rowScore(document, predictionOfSums(document.model, [...explained.scores]), explained)
  }
  return accept({ document, predictRow })
}

function rowScore(document: ScorerDocument, said: RowPrediction, { intercepts, contributions, scores }: Explanation): RowScore {
  const base = { intercepts, contributions }
  const classes = document.classes ?? []
  if (said.task === 'regression')
    return { ...base, task: 'regression', score: scores[0] ?? said.value, value: said.value, prediction: said.value }
  if (said.task === 'binary') {
    const probability = calibratedProbability(document.calibration, said.score)
    const prediction = classes[probability >= (document.threshold ?? 0.5) ? 1 : 0] ?? ''
    return { ...base, task: 'binary', score: said.score, probability, prediction }
  }
  const likeliest = said.probabilities.indexOf(Math.max(...said.probabilities))
  const probabilities = Object.fromEntries(
    said.probabilities.map((probability, k) => [classes[k] ?? String(k), probability]),
  )
  return { ...base, task: 'multiclass', score: scores, probabilities, prediction: classes[likeliest] ?? '' }
}
