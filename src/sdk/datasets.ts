import {
  datasetAnswerSchema,
  datasetListAnswerSchema,
  deleteDatasetAnswerSchema,
  presignAnswerSchema,
  missingAnswerSchema,
  previewAnswerSchema,
  uploadDatasetAnswerSchema,
  type DatasetAnswer,
  type DatasetListAnswer,
  type DeleteDatasetAnswer,
  type PresignAnswer,
  type MissingAnswer,
  type MissingQuery,
  type PreviewAnswer,
  type PreviewQuery,
  type ReadOptions,
  type UploadDatasetAnswer,
} from '#wire/dataset'
import { fileForm, type FileBytes } from './file-form.ts'
import type { CallOptions, Transport } from './transport.ts'

export interface UploadOptions extends CallOptions {
  readonly name: string
  /** The name of the file with its ending; the name where it is not given. */
  readonly fileName?: string
  readonly description?: string
  /** How the file is to be read; what is left out is found out. */
  readonly readOptions?: ReadOptions
}

/** Stored tables. */
export class Datasets {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  upload(file: FileBytes, { name, fileName, description, readOptions, ...options }: UploadOptions): Promise<UploadDatasetAnswer> {
    const read_options = readOptions === undefined ? undefined : JSON.stringify(readOptions)
    const form = fileForm({ file, fileName: fileName ?? name, fields: { name, description, read_options } })
    return this.transport.json({
      method: 'POST',
      path: '/v1/datasets/upload',
      form,
      answer: uploadDatasetAnswerSchema,
      ...options,
    })
  }

  get(datasetId: string, options: CallOptions = {}): Promise<DatasetAnswer> {
    return this.transport.json({ method: 'GET', path: pathOf(datasetId), answer: datasetAnswerSchema, ...options })
  }

  list(teamId: string, options: CallOptions = {}): Promise<DatasetListAnswer> {
    return this.transport.json({
      method: 'GET',
      path: `/v1/datasets/teams/${encodeURIComponent(teamId)}`,
      answer: datasetListAnswerSchema,
      ...options,
    })
  }

  delete(datasetId: string, options: CallOptions = {}): Promise<DeleteDatasetAnswer> {
    return this.transport.json({
      method: 'DELETE',
      path: pathOf(datasetId),
      answer: deleteDatasetAnswerSchema,
      ...options,
    })
  }

  preview(datasetId: string, query: Partial<PreviewQuery> = {}, options: CallOptions = {}): Promise<PreviewAnswer> {
    return this.transport.json({
      method: 'GET',
      path: pathOf(datasetId, '/preview'),
      query,
      answer: previewAnswerSchema,
      ...options,
    })
  }

  /** Where values are missing: the share of empty cells in each group of consecutive rows, by column. */
  missing(datasetId: string, query: Partial<MissingQuery> = {}, options: CallOptions = {}): Promise<MissingAnswer> {
    return this.transport.json({ method: 'GET', path: pathOf(datasetId, '/missing'), query, answer: missingAnswerSchema, ...options })
  }

  /** An address of the stored Parquet file that needs no key until it expires. */
  presign(datasetId: string, options: CallOptions = {}): Promise<PresignAnswer> {
    return this.transport.json({
      method: 'GET',
      path: pathOf(datasetId, '/presign'),
      answer: presignAnswerSchema,
      ...options,
    })
  }

  /** The whole table as CSV text, as it comes. */
  downloadCsv(datasetId: string, options: CallOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return this.transport.stream({
      method: 'GET',
      path: pathOf(datasetId, '/download'),
      query: { format: 'csv' },
      ...options,
    })
  }

  /** The rows of the file that are none of the table, as CSV text with the reason of each. */
  downloadSetAside(datasetId: string, options: CallOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return this.transport.stream({ method: 'GET', path: pathOf(datasetId, '/set-aside'), ...options })
  }
}

function pathOf(datasetId: string, rest = ''): string {
  return `/v1/datasets/${encodeURIComponent(datasetId)}${rest}`
}
