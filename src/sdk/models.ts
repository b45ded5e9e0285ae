import type { z } from 'zod'
import {
  evaluationAnswerSchema,
  featureInfoAnswerSchema,
  modelListAnswerSchema,
  modelSchema,
  modelVersionListAnswerSchema,
  partitionsAnswerSchema,
  profileAnswerSchema,
  type FeatureInfoAnswer,
  type ModelAnswer,
  type ModelListAnswer,
  type ModelVersionListAnswer,
  type PartitionsAnswer,
  type ProfileAnswer,
} from '#wire/model'
import { exportHeaders, exportListAnswerSchema, type ExportFormatName, type ExportListAnswer } from '#wire/model-export'
import type { CallOptions, Transport } from './transport.ts'

export interface ExportOptions extends CallOptions {
  readonly format: ExportFormatName
  /** Leave out the check rows, which are rows of the training table. */
  readonly checkRows?: boolean
  /** Name of the table that an SQL export reads. */
  readonly table?: string
}

/** A file that scores as the API does. */
export interface ExportedModel {
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly takes: string
  /** What the server found when it scored the check rows with the file; null where it cannot run the format. */
  readonly checked: { readonly rows: number; readonly largestDifference: number } | null
}

/** Models that runs published. */
export class Models {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  list(teamId: string, options: CallOptions = {}): Promise<ModelListAnswer> {
    return this.read(`teams/${encodeURIComponent(teamId)}`, modelListAnswerSchema, options)
  }

  get(modelId: string, options: CallOptions = {}): Promise<ModelAnswer> {
    return this.read(encodeURIComponent(modelId), modelSchema, options)
  }

  /** Oldest first. */
  versions(modelId: string, options: CallOptions = {}): Promise<ModelVersionListAnswer> {
    return this.read(`versions/${encodeURIComponent(modelId)}`, modelVersionListAnswerSchema, options)
  }

  /** `latest` is the newest version of the team. */
  partitions(versionId: string, options: CallOptions = {}): Promise<PartitionsAnswer> {
    return this.read(`partitions/${encodeURIComponent(versionId)}`, partitionsAnswerSchema, options)
  }

  /** The curve of each column. */
  profile(versionId: string, options: CallOptions = {}): Promise<ProfileAnswer> {
    return this.read(`profile/${encodeURIComponent(versionId)}`, profileAnswerSchema, options)
  }

  /** How a version did on the sealed test rows, and in cross-validation. */
  evaluation(partitionId: string, options: CallOptions = {}): Promise<z.infer<typeof evaluationAnswerSchema>> {
    return this.read(`evaluation/${encodeURIComponent(partitionId)}`, evaluationAnswerSchema, options)
  }

  featureInfo(versionId: string, options: CallOptions = {}): Promise<FeatureInfoAnswer> {
    return this.read(`feature-info/${encodeURIComponent(versionId)}`, featureInfoAnswerSchema, options)
  }

  /** The formats that a version can be exported to. */
  exports(versionId: string, options: CallOptions = {}): Promise<ExportListAnswer> {
    return this.read(`exports/${encodeURIComponent(versionId)}`, exportListAnswerSchema, options)
  }

  /** Pipeline and model as one file that scores raw rows as the API does. */
  async export(versionId: string, { format, checkRows = true, table, ...options }: ExportOptions): Promise<ExportedModel> {
    const { headers, bytes } = await this.transport.file({ method: 'GET', path: `/v1/models/export/${encodeURIComponent(versionId)}`, query: { format, check_rows: checkRows, table }, ...options })
    const rows = headers.get(exportHeaders.checkedRows)
    return {
      fileName: /filename="([^"]*)"/u.exec(headers.get('content-disposition') ?? '')?.[1] ?? `model.${format}`,
      bytes,
      sha256: headers.get(exportHeaders.hash) ?? '',
      takes: headers.get(exportHeaders.takes) ?? '',
      checked: rows === null ? null : { rows: Number(rows), largestDifference: Number(headers.get(exportHeaders.largestDifference)) },
    }
  }

  private read<T>(rest: string, answer: z.ZodType<T>, options: CallOptions): Promise<T> {
    return this.transport.json({ method: 'GET', path: `/v1/models/${rest}`, answer, ...options })
  }
}
