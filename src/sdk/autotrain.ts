import { datasetSummaryAnswerSchema, type DatasetSummaryAnswer } from '#wire/dataset-summary'
import { fileForm, type FileBytes } from './file-form.ts'
import type { CallOptions, Transport } from './transport.ts'

/** A table in, a summary and an opened run out. */
export class Autotrain {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  /** Stores the file, sums it up, and opens a run: `metadata` names both. */
  summarize(
    file: FileBytes,
    { fileName, ...options }: CallOptions & { readonly fileName: string },
  ): Promise<DatasetSummaryAnswer> {
    const form = fileForm({ file, fileName, fields: {} })
    return this.transport.json({
      method: 'POST',
      path: '/v1/autotrain/summarize',
      form,
      answer: datasetSummaryAnswerSchema,
      ...options,
    })
  }

  /** The same for a stored dataset. */
  summarizeDataset(datasetId: string, options: CallOptions = {}): Promise<DatasetSummaryAnswer> {
    const json = { dataset_id: datasetId }
    return this.transport.json({
      method: 'POST',
      path: '/v1/autotrain/summarize-dataset',
      json,
      answer: datasetSummaryAnswerSchema,
      ...options,
    })
  }
}
