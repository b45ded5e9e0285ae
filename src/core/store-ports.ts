import type { Asked, Command } from './command.ts'
import type { ReadReport, Table } from './dataset.ts'
import type { DeploymentCommand } from './decide-deployment.ts'
import type { Deployment } from './deployment.ts'
import type { Result } from './errors.ts'
import type { NewRunEvent } from './event.ts'
import type { Hash } from './hash.ts'
import type { PhaseName, RunStatus } from './phase-names.ts'
import type { LedgerEvent } from './ledger.ts'
import type { Run } from './run.ts'

/** A run with the number of its last event, which fences whoever writes next. */
export interface LoadedRun {
  readonly run: Run
  readonly seq: number
}

/** What lists show of a run besides its state. Display text, so kept out of the chain and deleted with the run. */
export interface RunCaption {
  readonly name?: string
  readonly label?: string | null
  readonly task?: string | null
  readonly model_id?: string | null
}

export interface ExecuteInput {
  readonly run_id: string
  readonly command: Command
  readonly asked: Asked
  /** Refuses with WRITE_CONFLICT where the run has moved on since this event. */
  readonly expected_seq?: number
  readonly caption?: RunCaption
}

export interface Executed extends LoadedRun {
  readonly events: readonly NewRunEvent[]
}

export interface RunStore {
  load(runId: string): Promise<LoadedRun | undefined>
  /** The events of a run as they are stored, in order. */
  chain(runId: string): Promise<LedgerEvent[]>
  /** Decides on the present state and appends; where somebody else was first, decides again on the new state. */
  execute(input: ExecuteInput): Promise<Result<Executed>>
}

export interface RunRow {
  readonly run: Run
  readonly name: string
  readonly label: string | null
  readonly task: string | null
  readonly model_id: string | null
  readonly progress: number | null
  readonly progress_text: string | null
}

export interface RunQuery {
  readonly team_id: string
  readonly status?: RunStatus | undefined
  readonly model_id?: string | undefined
  /** Part of the name or of the label, in either case. */
  readonly search?: string | undefined
  readonly owner?: string | undefined
  readonly phase?: PhaseName | undefined
  readonly limit: number
  readonly offset?: number | undefined
  /** The creation time and id of the last run of the page before. */
  readonly after?: { readonly created_at: string; readonly run_id: string } | undefined
}

export interface RunLists {
  /** Newest first. */
  list(query: RunQuery): Promise<RunRow[]>
  get(runId: string): Promise<RunRow | undefined>
  /** Runs of a team that wait for an answer, the longest waiting first. */
  waiting(teamId: string, page: { readonly limit: number; readonly offset: number }): Promise<RunRow[]>
  /** Waiting runs whose deadline has passed. */
  overdue(now: string): Promise<string[]>
  /** Seconds of threads by option of a phase's last proposal; empty where the proposal was found again, so that nothing was computed. */
  optionSeconds(runId: string, phase: string): Promise<Record<string, number>>
  counts(teamId: string): Promise<TeamCounts>
}

export interface TeamCounts {
  readonly models: number
  readonly preprocessors: number
  readonly deployments: number
  readonly monitors: number
  readonly reports: number
}

export interface DatasetRow {
  readonly dataset_id: string
  readonly team_id: string
  readonly name: string
  readonly description: string
  readonly file_name: string
  readonly size: number
  readonly table: Table
  readonly report: ReadReport
  readonly created_at: Date
}

/** Datasets: a name and a read report on a stored table. Two uploads of one file are two datasets on one table. */
export interface DatasetStore {
  add(dataset: DatasetRow): Promise<void>
  get(datasetId: string): Promise<DatasetRow | undefined>
  list(teamId: string): Promise<DatasetRow[]>
  /** `in-use` where a run refers to it. The table goes with its last dataset. */
  delete(datasetId: string): Promise<'deleted' | 'in-use' | 'unknown'>
}

export interface KeyRow {
  readonly key_id: string
  readonly team_id: string
  readonly org_id: string
  readonly name: string
  readonly prefix: string
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
}

export interface NewKey {
  readonly key_id: string
  readonly team_id: string
  readonly name: string
  readonly prefix: string
  readonly secret_hash: string
  readonly created_at: Date
}

/** API keys by the hash of their secret; the secret itself is never stored. */
export interface KeyStore {
  find(secretHash: string): Promise<KeyRow | undefined>
  /** False where a live key of that name exists. */
  add(key: NewKey): Promise<boolean>
  list(): Promise<KeyRow[]>
  /** How many live keys of that name were revoked. */
  revoke(name: string, now: Date): Promise<number>
  /** The one team of this data folder, made at the first start. */
  ensureTeam(team: { team_id: string; org_id: string; now: Date }): Promise<{ team_id: string; org_id: string }>
}

export interface NewWebSession {
  readonly session_hash: string
  readonly key_id: string
  readonly created_at: Date
  readonly expires_at: Date
}

/** Sessions of browsers. Each stands on one key and ends with it. */
export interface WebSessionStore {
  open(session: NewWebSession): Promise<void>
  find(sessionHash: string): Promise<(KeyRow & { readonly session_expires_at: Date }) | undefined>
  close(sessionHash: string): Promise<void>
}

/** A trained model as its run published it. */
export interface ModelVersionRow {
  readonly version_id: string
  readonly model_id: string
  readonly run: Run
  /** Name of the run. */
  readonly name: string
  /** Blob of the outcome of training. */
  readonly content: Hash
  readonly created_at: string
}

/** Model versions, each published by one run. */
export interface ModelStore {
  /** Oldest first; of one model where it is named. */
  versions(of: { readonly team_id: string; readonly model_id?: string }): Promise<ModelVersionRow[]>
  version(versionId: string): Promise<ModelVersionRow | undefined>
}

export interface DeployKeyRow {
  readonly key_id: string
  readonly deployment_id: string
  readonly description: string
  readonly created_by: string
  readonly created_at: Date
  readonly expires_at: Date
  readonly revoked_at: Date | null
}

export interface NewDeployment {
  readonly deployment_id: string
  readonly team_id: string
  readonly model_id: string
  readonly version_id: string
}

export interface NewDeployKey {
  readonly deployment_id: string
  readonly key_id: string
  readonly secret_hash: string
  readonly description: string
  readonly expires_at: Date
}

/** Deployments and their keys. Every change is an event of the deployment's own stream, and is told to all processes. */
export interface DeploymentStore {
  get(deploymentId: string): Promise<Deployment | undefined>
  /** Newest first. */
  list(teamId: string): Promise<Deployment[]>
  /** The oldest one that points to this version. */
  ofVersion(versionId: string): Promise<Deployment | undefined>
  /** Makes one that does not answer yet; where the version has one, that one comes back. */
  create(deployment: NewDeployment, asked: Asked): Promise<Deployment>
  execute(deploymentId: string, command: DeploymentCommand, asked: Asked): Promise<Result<Deployment>>
  addKey(key: NewDeployKey, asked: Asked): Promise<Result<Deployment>>
  revokeKey(key: { readonly deployment_id: string; readonly key_id: string }, asked: Asked): Promise<Result<Deployment>>
  keys(deploymentId: string): Promise<DeployKeyRow[]>
  /** How many keys of the team's deployments are live. */
  activeKeys(teamId: string, now: Date): Promise<number>
  /** Asks the database once; a failure to reach it is thrown at once. */
  findKey(secretHash: string): Promise<{ readonly key: DeployKeyRow; readonly deployment: Deployment; /** Whether everything of its team is stopped. */ readonly team_stopped: boolean } | undefined>
}

/** Answers kept by Idempotency-Key, for 24 hours. */
export interface IdempotencyStore {
  /** Takes the key, or says what is known of it; `answer` is null while the first request is still at work. */
  take(of: { team_id: string; key: string; body_hash: string; now: Date }): Promise<{ state: 'taken' } | { state: 'known'; body_hash: string; answer: unknown }>
  answer(of: { team_id: string; key: string; answer: unknown }): Promise<void>
  /** Gives the key back where the work was refused, so that a corrected request may use it. */
  forget(of: { team_id: string; key: string }): Promise<void>
}

/**
 * Keeps erasing apart from writing: a step that has just found an artifact in place must not lose it before its event
 * refers to it. Writers share; an erasure needs to be alone.
 */
export interface BlobGuard {
  whileWriting<T>(work: () => Promise<T>): Promise<T>
  /** Runs the work where nobody writes at the moment; otherwise returns undefined at once. */
  whenIdle<T>(work: () => Promise<T>): Promise<T | undefined>
}
