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
import { modelShapesSchema, type ModelShapesAnswer } from '#wire/model-evidence'
import { exportHeaders, exportListAnswerSchema, type ExportFormatName, type ExportListAnswer } from '#wire/model-export'
import {
  liveAnswerSchema,
  modelHistorySchema,
  versionComparisonSchema,
  versionDecisionAnswerSchema,
  versionLineageSchema,
  type LiveAnswer,
  type ModelHistoryAnswer,
  type VersionComparisonAnswer,
  type VersionDecisionAnswer,
  type VersionDecisionBody,
  type VersionLineageAnswer,
} from '#wire/model-registry'
import { trainModelAnswerSchema, type TrainModelAnswer, type TrainModelInput } from '#wire/train-model'
import { whatIfAnswerSchema, whatIfBudgetAnswerSchema, type WhatIfAnswer, type WhatIfBudgetAnswer, type WhatIfBudgetInput, type WhatIfInput } from '#wire/what-if'
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

/** A training is waited for as long as the server holds a request open. */
const trainingTimeoutMs = 15 * 60_000

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

  /** What each term of a version says, ready to be drawn. */
  shapes(versionId: string, options: CallOptions = {}): Promise<ModelShapesAnswer> {
    return this.read(`shapes/${encodeURIComponent(versionId)}`, modelShapesSchema, options)
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

  /** The cheapest changes of a raw row that reach a target; only columns that are named as actionable change. */
  whatIf(versionId: string, body: WhatIfInput, options: CallOptions = {}): Promise<WhatIfAnswer> {
    return this.transport.json({ method: 'POST', path: `/v1/models/what-if/${encodeURIComponent(versionId)}`, json: body, answer: whatIfAnswerSchema, ...options })
  }

  /** Spends a budget for changes over many rows where it gains most. */
  spendBudget(versionId: string, body: WhatIfBudgetInput, options: CallOptions = {}): Promise<WhatIfBudgetAnswer> {
    return this.transport.json({ method: 'POST', path: `/v1/models/what-if/${encodeURIComponent(versionId)}/budget`, json: body, answer: whatIfBudgetAnswerSchema, ...options })
  }

  /** Trains without a question and waits for the end; nothing is deployed. */
  train(body: TrainModelInput, options: CallOptions = {}): Promise<TrainModelAnswer> {
    return this.transport.json({ method: 'POST', path: '/v1/models/v2/train', json: body, answer: trainModelAnswerSchema, timeoutMs: trainingTimeoutMs, ...options })
  }

  /** Makes a version the champion of its model. */
  promote(versionId: string, body: VersionDecisionBody = {}, options: CallOptions = {}): Promise<VersionDecisionAnswer> {
    return this.decide('promote', { versionId, body }, options)
  }

  /** Lets a version be the champion no more. */
  demote(versionId: string, body: VersionDecisionBody = {}, options: CallOptions = {}): Promise<VersionDecisionAnswer> {
    return this.decide('demote', { versionId, body }, options)
  }

  /** Keeps a version from becoming the champion. */
  reject(versionId: string, body: VersionDecisionBody = {}, options: CallOptions = {}): Promise<VersionDecisionAnswer> {
    return this.decide('reject', { versionId, body }, options)
  }

  /** Lets a rejected version be a challenger again. */
  restore(versionId: string, body: VersionDecisionBody = {}, options: CallOptions = {}): Promise<VersionDecisionAnswer> {
    return this.decide('restore', { versionId, body }, options)
  }

  /** Which version answered at a moment, the present where none is named, and by whose decision. */
  live(modelId: string, { at, ...options }: CallOptions & { readonly at?: string } = {}): Promise<LiveAnswer> {
    return this.transport.json({ method: 'GET', path: `/v1/models/live/${encodeURIComponent(modelId)}`, query: { at }, answer: liveAnswerSchema, ...options })
  }

  /** All that happened to a model and its deployments, oldest first. */
  history(modelId: string, options: CallOptions = {}): Promise<ModelHistoryAnswer> {
    return this.read(`history/${encodeURIComponent(modelId)}`, modelHistorySchema, options)
  }

  /** The run, table and decisions that a version was made of. */
  lineage(versionId: string, options: CallOptions = {}): Promise<VersionLineageAnswer> {
    return this.read(`lineage/${encodeURIComponent(versionId)}`, versionLineageSchema, options)
  }

  /** How a version stands against the champion, or another version. */
  compare(versionId: string, { with: other, ...options }: CallOptions & { readonly with?: string } = {}): Promise<VersionComparisonAnswer> {
    return this.transport.json({ method: 'GET', path: `/v1/models/compare/${encodeURIComponent(versionId)}`, query: { with: other }, answer: versionComparisonSchema, ...options })
  }

  private decide(kind: string, { versionId, body }: { readonly versionId: string; readonly body: VersionDecisionBody }, options: CallOptions): Promise<VersionDecisionAnswer> {
    return this.transport.json({ method: 'POST', path: `/v1/models/${kind}/${encodeURIComponent(versionId)}`, json: body, answer: versionDecisionAnswerSchema, ...options })
  }

  private read<T>(rest: string, answer: z.ZodType<T>, options: CallOptions): Promise<T> {
    return this.transport.json({ method: 'GET', path: `/v1/models/${rest}`, answer, ...options })
  }
}
