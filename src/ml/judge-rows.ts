import type { Context } from './context.ts'
import { type LiftBin, liftTable } from './lift-table.ts'
import { type ClassAgainstRest, judgeClasses } from './one-against-rest.ts'
import { type PrecisionRow, precisionTable } from './precision-table.ts'
import { drawResiduals, type ResidualPlots } from './residual-plots.ts'
import { type ScoreBin, scoreHistogram } from './score-histogram.ts'
import { type WorstSegments, type WorstSegmentsInput, worstSegments } from './worst-segments.ts'

/** What rows that a model did not learn from show of it besides its measures; null where the task has no such thing. */
export interface RowsJudgement {
  readonly segments: WorstSegments
  readonly lift: LiftBin[] | null
  readonly precision: PrecisionRow[] | null
  readonly scores: ScoreBin[] | null
  readonly residuals: ResidualPlots | null
  /** Null also where there are more classes than somebody reads. */
  readonly classes: ClassAgainstRest[] | null
}

const MOST_CLASSES = 50

/** Finds the worst segments and makes the tables and plots of the task. */
export function judgeRows(input: WorstSegmentsInput, context: Context = {}): RowsJudgement {
  const { target, prediction } = input
  const nothing = { lift: null, precision: null, scores: null, residuals: null, classes: null }
  const judgement = { segments: worstSegments(input, context), ...nothing }
  if (target.task === 'regression') {
    return prediction.task === 'regression'
      ? { ...judgement, residuals: drawResiduals(target.values, prediction.value) }
      : judgement
  }
  if (prediction.task === 'binary') {
    const { codes } = target
    const { probability } = prediction
    return {
      ...judgement,
      lift: liftTable(codes, probability),
      precision: precisionTable(codes, probability),
      scores: scoreHistogram(codes, probability),
    }
  }
  const readable = prediction.task === 'multiclass' && target.classes.length <= MOST_CLASSES
  return readable ? { ...judgement, classes: judgeClasses(target, prediction) } : judgement
}
