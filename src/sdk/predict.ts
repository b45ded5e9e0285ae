import { predictionsAnswerSchema, type PredictionsAnswer } from '#wire/prediction'
import { fileForm, type FileBytes } from './file-form.ts'
import type { CallOptions, Transport } from './transport.ts'

interface ScoringOptions extends CallOptions {
  /** Of a binary model: from which probability on a row is called positive. */
  readonly threshold?: number
  readonly showBreakdown?: boolean
}

export interface PredictOptions extends ScoringOptions {
  readonly deployKey: string
}

export interface PredictFileOptions extends ScoringOptions {
  readonly fileName?: string
}

/** Raw rows as they stand in the file, by column name. */
export type RawRows = readonly Readonly<Record<string, unknown>>[]

/** One prediction a row, in their order. */
export function predictRows(transport: Transport, rows: RawRows, options: PredictOptions): Promise<PredictionsAnswer> {
  const { deployKey, threshold, showBreakdown, ...call } = options
  const query = { threshold, show_breakdown: showBreakdown }
  return transport.json({ method: 'POST', path: '/v1/predict', query, json: rows, apiKey: deployKey, answer: predictionsAnswerSchema, ...call })
}

interface FileRequest {
  readonly versionId: string
  readonly file: FileBytes
}

/** The same for the rows of a CSV file, with the client's own key. */
export function predictFile(transport: Transport, { versionId, file }: FileRequest, options: PredictFileOptions): Promise<PredictionsAnswer> {
  const { fileName = 'rows.csv', threshold, showBreakdown, ...call } = options
  const fields = { threshold: threshold === undefined ? undefined : String(threshold), show_breakdown: showBreakdown === undefined ? undefined : String(showBreakdown) }
  const path = `/v1/inference/predict/${encodeURIComponent(versionId)}`
  return transport.json({ method: 'POST', path, form: fileForm({ file, fileName, fields }), answer: predictionsAnswerSchema, ...call })
}
