import type { Json } from './canonical-json.ts'
import type { Asked } from './command.ts'
import type { Column } from './dataset.ts'
import type { PipelineSpec } from './pipeline-spec.ts'
import type { Cell } from './ports.ts'

/** A named pipeline of steps that lives apart from runs. What it does lies in its versions. */
export interface Preprocessor {
  readonly preprocessor_id: string
  readonly team_id: string
  readonly name: string
  readonly description: string
  readonly created_by: string
  readonly created_at: Date
}

/** A preprocessor as lists show it. */
export interface PreprocessorRow extends Preprocessor {
  readonly versions: number
  readonly newest_version_id: string | null
  readonly updated_at: Date
}

/** A version never changes: a new spec is a new version. */
export interface PreprocessorVersion {
  readonly version_id: string
  readonly preprocessor_id: string
  readonly spec: PipelineSpec
  readonly parent_version_id: string | null
  readonly created_by: string
  readonly created_at: Date
}

/** What a version learned, and from how many rows; the columns that it met and those that it gives. */
export interface PreprocessorFit {
  readonly version_id: string
  readonly rows: number
  readonly input: readonly Column[]
  readonly output: readonly Column[]
  readonly state: Readonly<Record<string, Json>>
  /** The first rows that it was fitted on, by display name. */
  readonly sample: ReadonlyArray<Readonly<Record<string, Cell>>>
  readonly fitted_by: string
  readonly fitted_at: Date
}

export interface PreprocessorVersionRow extends PreprocessorVersion {
  readonly team_id: string
  /** 1 is the oldest. */
  readonly number: number
  readonly fit: PreprocessorFit | null
  /** Model versions whose rows go through this version before they are scored. */
  readonly linked_models: readonly string[]
}

export interface PreprocessorLink {
  readonly model_version_id: string
  readonly preprocessor_version_id: string
  readonly linked_by: string
  readonly linked_at: Date
}

export interface NewVersion {
  readonly version: PreprocessorVersion
  readonly fit: PreprocessorFit | null
}

export type Removal = 'deleted' | 'linked' | 'unknown'

/** Preprocessors, their versions, and the model versions that these stand before; each change is an event in the chain of the team. */
export interface PreprocessorStore {
  /** False where the team has one of that name. */
  create(preprocessor: Preprocessor, first: NewVersion): Promise<boolean>
  /** False where the preprocessor is gone. */
  addVersion(added: NewVersion): Promise<boolean>
  get(preprocessorId: string): Promise<PreprocessorRow | undefined>
  /** Newest first. */
  list(teamId: string): Promise<PreprocessorRow[]>
  version(versionId: string): Promise<PreprocessorVersionRow | undefined>
  /** Keeps what a version learned in place of what it learned before; `linked` where a model relies on that. */
  keepFit(fit: PreprocessorFit): Promise<'kept' | 'linked' | 'unknown'>
  /** Puts a version before a model version, in place of the one before. False where either is gone. */
  link(link: PreprocessorLink): Promise<boolean>
  /** The version that stands before a model version. */
  linkedTo(modelVersionId: string): Promise<PreprocessorVersionRow | undefined>
  delete(preprocessorId: string, asked: Asked): Promise<Removal>
  deleteVersion(versionId: string, asked: Asked): Promise<Removal>
}
