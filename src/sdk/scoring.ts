import {
  deleteScoringAnswerSchema,
  scoringJobListSchema,
  scoringJobSchema,
  type DeleteScoringAnswer,
  type ScoringJobAnswer,
  type ScoringJobList,
  type StartScoringBody,
} from '#wire/scoring-job'
import { fileForm, type FileBytes } from './file-form.ts'
import { pause } from './pause.ts'
import type { CallOptions, Transport } from './transport.ts'

export interface ScoreFileOptions extends CallOptions {
  readonly deploymentId: string
  readonly fileName?: string
  readonly threshold?: number
  readonly showBreakdown?: boolean
  /** Columns of the file that stand in the result as they are. */
  readonly keep?: readonly string[]
}

export interface ScoringResultOptions extends CallOptions {
  readonly format?: 'csv' | 'parquet'
  /** CSV: texts that a spreadsheet would take for a formula get an apostrophe before them. */
  readonly escapeFormulas?: boolean
}

/** Files and datasets that are scored in the background. */
export class Scoring {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  start(body: StartScoringBody, options: CallOptions = {}): Promise<ScoringJobAnswer> {
    const idempotencyKey = globalThis.crypto.randomUUID()
    return this.transport.json({ method: 'POST', path: '/v1/scoring/jobs', json: body, idempotencyKey, answer: scoringJobSchema, ...options })
  }

  /** Stores a file as a dataset and begins to score it. */
  startFile(file: FileBytes, { deploymentId, fileName = 'rows.csv', threshold, showBreakdown, keep, ...options }: ScoreFileOptions): Promise<ScoringJobAnswer> {
    const fields = {
      deployment_id: deploymentId,
      threshold: threshold === undefined ? undefined : String(threshold),
      show_breakdown: showBreakdown === undefined ? undefined : String(showBreakdown),
      keep: keep === undefined ? undefined : JSON.stringify(keep),
    }
    return this.transport.json({ method: 'POST', path: '/v1/scoring/jobs/file', form: fileForm({ file, fileName, fields }), answer: scoringJobSchema, ...options })
  }

  list(options: CallOptions = {}): Promise<ScoringJobList> {
    return this.transport.json({ method: 'GET', path: '/v1/scoring/jobs', answer: scoringJobListSchema, ...options })
  }

  get(jobId: string, options: CallOptions = {}): Promise<ScoringJobAnswer> {
    return this.transport.json({ method: 'GET', path: pathOf(jobId), answer: scoringJobSchema, ...options })
  }

  cancel(jobId: string, options: CallOptions = {}): Promise<ScoringJobAnswer> {
    return this.transport.json({ method: 'POST', path: pathOf(jobId, '/cancel'), answer: scoringJobSchema, ...options })
  }

  delete(jobId: string, options: CallOptions = {}): Promise<DeleteScoringAnswer> {
    return this.transport.json({ method: 'DELETE', path: pathOf(jobId), answer: deleteScoringAnswerSchema, ...options })
  }

  /** The scored rows as they come. */
  result(jobId: string, { format = 'csv', escapeFormulas, ...options }: ScoringResultOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return this.transport.stream({ method: 'GET', path: pathOf(jobId, '/result'), query: { format, escape_formulas: escapeFormulas }, ...options })
  }

  /** Waits until a job has ended, however it ends. */
  async wait(jobId: string, { onProgress, ...options }: CallOptions & { readonly onProgress?: (job: ScoringJobAnswer) => void } = {}): Promise<ScoringJobAnswer> {
    for (let milliseconds = 50; ; milliseconds = Math.min(1_000, milliseconds * 1.5)) {
      const job = await this.get(jobId, options)
      onProgress?.(job)
      if (job.ended !== null) return job
      await pause(milliseconds, options.signal)
    }
  }
}

function pathOf(jobId: string, rest = ''): string {
  return `/v1/scoring/jobs/${encodeURIComponent(jobId)}${rest}`
}
