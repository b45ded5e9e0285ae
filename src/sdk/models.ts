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
import type { CallOptions, Transport } from './transport.ts'

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

  private read<T>(rest: string, answer: z.ZodType<T>, options: CallOptions): Promise<T> {
    return this.transport.json({ method: 'GET', path: `/v1/models/${rest}`, answer, ...options })
  }
}
