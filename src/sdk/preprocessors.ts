import type { z } from 'zod'
import {
  createPreprocessorAnswerSchema,
  deletePreprocessorAnswerSchema,
  deleteVersionAnswerSchema,
  fitAnswerSchema,
  linkPreprocessorAnswerSchema,
  preprocessorAnswerSchema,
  preprocessorListAnswerSchema,
  preprocessorVersionAnswerSchema,
  signatureAnswerSchema,
  versionIdAnswerSchema,
  type AddVersionInput,
  type CheckSignatureBody,
  type CreatePreprocessorAnswer,
  type CreatePreprocessorInput,
  type DeletePreprocessorAnswer,
  type DeleteVersionAnswer,
  type FitAnswer,
  type LinkPreprocessorAnswer,
  type LinkPreprocessorBody,
  type PreprocessorAnswer,
  type PreprocessorListAnswer,
  type PreprocessorVersionAnswer,
  type SignatureAnswer,
  type UpdateVersionInput,
  type VersionIdAnswer,
} from '#wire/preprocessor'
import { previewSampleAnswerSchema, previewSpecAnswerSchema, type PreviewSampleAnswer, type PreviewSpecAnswer, type PreviewSpecInput } from '#wire/preprocessor-preview'
import type { CallOptions, Transport } from './transport.ts'

type Row = Readonly<Record<string, unknown>>

/** Pipelines of steps that live apart from runs, in versions that never change. */
export class Preprocessors {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  /** Keeps a spec under a name; with `sample_data` it is fitted on these rows. */
  create(body: CreatePreprocessorInput, options: CallOptions = {}): Promise<CreatePreprocessorAnswer> {
    return this.send('create', { json: body, answer: createPreprocessorAnswerSchema }, options)
  }

  addVersion(body: AddVersionInput, options: CallOptions = {}): Promise<VersionIdAnswer> {
    return this.send('add', { json: body, answer: versionIdAnswerSchema }, options)
  }

  /** Makes a version out of another, which stays as it is; the answer has the new id. */
  updateVersion(body: UpdateVersionInput, options: CallOptions = {}): Promise<VersionIdAnswer> {
    return this.send('update-version', { json: body, answer: versionIdAnswerSchema }, options)
  }

  list(teamId: string, options: CallOptions = {}): Promise<PreprocessorListAnswer> {
    return this.read(`teams/${encodeURIComponent(teamId)}`, preprocessorListAnswerSchema, options)
  }

  get(preprocessorId: string, options: CallOptions = {}): Promise<PreprocessorAnswer> {
    return this.read(encodeURIComponent(preprocessorId), preprocessorAnswerSchema, options)
  }

  getVersion(versionId: string, options: CallOptions = {}): Promise<PreprocessorVersionAnswer> {
    return this.read(versionPath(versionId), preprocessorVersionAnswerSchema, options)
  }

  /** Fits a version on rows; what it learned before is replaced. */
  fit(versionId: string, rows: readonly Row[], options: CallOptions = {}): Promise<FitAnswer> {
    return this.send(versionPath(versionId, '/fit'), { json: { sample_data: rows }, answer: fitAnswerSchema }, options)
  }

  /** Takes rows through a version step by step. */
  preview(versionId: string, rows: readonly Row[], options: CallOptions = {}): Promise<PreviewSampleAnswer> {
    return this.send(versionPath(versionId, '/preview'), { json: { sample_data: rows }, answer: previewSampleAnswerSchema }, options)
  }

  /** Takes a spec, with edits to try, over rows of a dataset; what is unsafe in it is in the answer. */
  previewSpec(body: PreviewSpecInput, options: CallOptions = {}): Promise<PreviewSpecAnswer> {
    return this.send('preview-spec', { json: body, answer: previewSpecAnswerSchema }, options)
  }

  /** Whether a preprocessor version gives what a model version reads. */
  checkSignature(body: CheckSignatureBody, options: CallOptions = {}): Promise<SignatureAnswer> {
    return this.send('check-signature', { json: body, answer: signatureAnswerSchema }, options)
  }

  /** Has rows for the model version `version_id` go through the preprocessor version first. */
  link(body: LinkPreprocessorBody, options: CallOptions = {}): Promise<LinkPreprocessorAnswer> {
    return this.transport.json({ method: 'PUT', path: `${root}/link-preprocessor`, json: body, answer: linkPreprocessorAnswerSchema, ...options })
  }

  deleteVersion(versionId: string, options: CallOptions = {}): Promise<DeleteVersionAnswer> {
    return this.transport.json({ method: 'DELETE', path: `${root}/${versionPath(versionId)}`, answer: deleteVersionAnswerSchema, ...options })
  }

  /** Deletes a preprocessor with all its versions. */
  delete(preprocessorId: string, options: CallOptions = {}): Promise<DeletePreprocessorAnswer> {
    return this.transport.json({ method: 'DELETE', path: `${root}/${encodeURIComponent(preprocessorId)}`, answer: deletePreprocessorAnswerSchema, ...options })
  }

  private send<T>(rest: string, { json, answer }: { json: unknown; answer: z.ZodType<T> }, options: CallOptions): Promise<T> {
    return this.transport.json({ method: 'POST', path: `${root}/${rest}`, json, answer, ...options })
  }

  private read<T>(rest: string, answer: z.ZodType<T>, options: CallOptions): Promise<T> {
    return this.transport.json({ method: 'GET', path: `${root}/${rest}`, answer, ...options })
  }
}

const root = '/v1/preprocessors'

function versionPath(versionId: string, rest = ''): string {
  return `versions/${encodeURIComponent(versionId)}${rest}`
}
