import type { ColumnType } from '#core/dataset'
import type { ScorerDocument } from './scorer-schema.ts'

/** What a row of a scorer holds, as exports carry it. */
export interface ExportSchema {
  readonly task: ScorerDocument['task']
  readonly label: string
  readonly classes: readonly string[] | null
  readonly positive: string | null
  readonly threshold: number | null
  /** The raw columns that reach the model; others of a row are ignored, and one that it lacks is missing. */
  readonly columns: ReadonlyArray<{ readonly name: string; readonly type: ColumnType; readonly notation?: string }>
  /** What the model reads once the pipeline has prepared a row. */
  readonly features: ReadonlyArray<{ readonly name: string; readonly type: ColumnType }>
}

/** The schema of a scorer. */
export function exportSchema({ task, label, classes, positive, threshold, pipeline, features }: ScorerDocument): ExportSchema {
  const columns = pipeline.columns.filter(({ name }) => pipeline.reads.includes(name)).map(({ name, type, notation }) => ({ name, type, ...(notation === undefined ? {} : { notation }) }))
  return { task, label, classes, positive, threshold: task === 'binary' ? (threshold ?? 0.5) : null, columns, features }
}
