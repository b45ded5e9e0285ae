import type { Result } from '#core/errors'
import type {
  AddVersionBody,
  CheckSignatureBody,
  CreatePreprocessorAnswer,
  CreatePreprocessorBody,
  DeletePreprocessorAnswer,
  DeleteVersionAnswer,
  FitAnswer,
  LinkPreprocessorAnswer,
  LinkPreprocessorBody,
  PreprocessorAnswer,
  PreprocessorListAnswer,
  PreprocessorVersionAnswer,
  SampleBody,
  SignatureAnswer,
  UpdateVersionBody,
  VersionIdAnswer,
} from '#wire/preprocessor'
import type { PreviewSampleAnswer, PreviewSpecAnswer, PreviewSpecBody } from '#wire/preprocessor-preview'
import type { Caller } from './signalbox.ts'

/** Pipelines of steps that live apart from runs. */
export interface Preprocessors {
  create(caller: Caller, body: CreatePreprocessorBody): Promise<Result<CreatePreprocessorAnswer>>
  addVersion(caller: Caller, body: AddVersionBody): Promise<Result<VersionIdAnswer>>
  /** Makes a version out of another; that one stays as it is. */
  updateVersion(caller: Caller, body: UpdateVersionBody): Promise<Result<VersionIdAnswer>>
  /** Newest first. */
  list(caller: Caller, teamId: string): Promise<Result<PreprocessorListAnswer>>
  read(caller: Caller, preprocessorId: string): Promise<Result<PreprocessorAnswer>>
  version(caller: Caller, versionId: string): Promise<Result<PreprocessorVersionAnswer>>
  fit(caller: Caller, versionId: string, body: SampleBody): Promise<Result<FitAnswer>>
  preview(caller: Caller, versionId: string, body: SampleBody): Promise<Result<PreviewSampleAnswer>>
  /** Takes a spec over rows of a dataset and keeps nothing; an unsafe one is answered, with what is unsafe in it. */
  previewSpec(caller: Caller, body: PreviewSpecBody): Promise<Result<PreviewSpecAnswer>>
  checkSignature(caller: Caller, body: CheckSignatureBody): Promise<Result<SignatureAnswer>>
  /** From then on rows for the model version go through the preprocessor first. */
  link(caller: Caller, body: LinkPreprocessorBody): Promise<Result<LinkPreprocessorAnswer>>
  delete(caller: Caller, preprocessorId: string): Promise<Result<DeletePreprocessorAnswer>>
  deleteVersion(caller: Caller, versionId: string): Promise<Result<DeleteVersionAnswer>>
}
