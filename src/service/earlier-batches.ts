import type { EarlierBatch } from '#ml/check-drift'
import type { CheckMonitorAnswer, ComparedBin } from '#wire/monitor-check'

/** The rows by bin of a check that was kept: the bins of a monitor never change. */
export function earlierBatch({ columns, prediction }: Pick<CheckMonitorAnswer, 'columns' | 'prediction'>): EarlierBatch {
  return {
    columns: columns.map(({ column, bins }) => ({ feature: column, batch: rowsOf(bins) })),
    prediction: prediction === null ? null : rowsOf(prediction.bins),
  }
}

function rowsOf(bins: readonly ComparedBin[]): number[] {
  return bins.map(({ rows }) => rows)
}
