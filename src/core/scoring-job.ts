import { z } from 'zod'
import { hashSchema, type Hash } from './hash.ts'

/** What a job is to do with the rows of a dataset. */
export const scoringRequestSchema = z.strictObject({
  threshold: z.number().min(0).max(1).nullable(),
  show_breakdown: z.boolean(),
  /** Columns of the dataset that stand in the result as they are. */
  keep: z.array(z.string()),
  dataset_name: z.string(),
})
export type ScoringRequest = z.infer<typeof scoringRequestSchema>

/** The result of a job: the same rows as CSV and as Parquet. */
export const scoringResultSchema = z.strictObject({ csv: hashSchema, parquet: hashSchema })

export const scoringStatuses = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type ScoringStatus = (typeof scoringStatuses)[number]

export interface NewScoringJob {
  readonly job_id: string
  readonly team_id: string
  readonly deployment_id: string
  /** The version that the deployment pointed to when the job was asked for: one job, one model. */
  readonly version_id: string
  readonly dataset_id: string
  readonly request: ScoringRequest
  readonly rows: number
  readonly created_by: string
  readonly created_at: Date
}

export interface ScoringJob extends Omit<NewScoringJob, 'dataset_id' | 'rows'> {
  readonly dataset_id: string | null
  readonly rows: number | null
  readonly status: ScoringStatus
  readonly rows_done: number
  /** Rows that could not be read. */
  readonly rows_failed: number
  /** How often somebody began. */
  readonly attempts: number
  readonly started_at: Date | null
  readonly ended_at: Date | null
  /** Blob of the result. */
  readonly result: Hash | null
  readonly error: { readonly code: string; readonly message: string; readonly suggestion: string } | null
}

export type ScoringEnd =
  | { readonly status: 'done'; readonly result: Hash }
  | { readonly status: 'failed'; readonly error: NonNullable<ScoringJob['error']> }
  | { readonly status: 'cancelled' }

export interface ScoringStore {
  add(job: NewScoringJob): Promise<void>
  get(jobId: string): Promise<ScoringJob | undefined>
  /** Newest first. */
  list(teamId: string, limit: number): Promise<ScoringJob[]>
  /** Jobs that have not ended, the oldest first. */
  open(): Promise<string[]>
  /** Works on a job while nobody else does; false where somebody does. The hold ends with the process. */
  holding(jobId: string, work: () => Promise<void>): Promise<boolean>
  begin(jobId: string, now: Date): Promise<ScoringJob | undefined>
  /** False where the job has ended meanwhile. */
  progress(jobId: string, done: { readonly rows_done: number; readonly rows_failed: number }): Promise<boolean>
  /** False where it had ended before. */
  end(jobId: string, end: ScoringEnd, now: Date): Promise<boolean>
  /** Deletes an ended job; its result is erased where nothing else refers to it. */
  delete(jobId: string, now: Date): Promise<boolean>
}

/** A column of a result file. */
export interface ResultColumn {
  readonly name: string
  readonly type: 'integer' | 'number' | 'text'
}

/** A file that grows, and becomes an artifact when it is whole. */
export interface GrowingFile {
  write(text: string): Promise<void>
  finish(): Promise<Hash>
  /** Removes what was written. */
  drop(): Promise<void>
}

/** Files too large for memory. */
export interface ResultFiles {
  create(): Promise<GrowingFile>
  chunks(hash: Hash): Promise<{ readonly bytes: number; readonly chunks: AsyncIterable<Uint8Array> }>
  /** The rows of a CSV file of these columns, text in quotes, as a Parquet file. */
  parquet(csv: Hash, columns: readonly ResultColumn[], options: { readonly signal: AbortSignal }): Promise<Hash>
}
