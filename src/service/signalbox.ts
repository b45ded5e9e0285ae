import type { z } from 'zod'
import type { Result } from '#core/errors'
import type { ConnectAnswer, LimitsAnswer } from '#wire/access'
import type { ColumnLineageAnswer } from '#wire/column-lineage'
import type {
  DatasetAnswer,
  DatasetListAnswer,
  DeleteDatasetAnswer,
  PreviewAnswer,
  PreviewQuery,
  UploadDatasetAnswer,
} from '#wire/dataset'
import type { DatasetSummaryAnswer, SummarizeDatasetBody } from '#wire/dataset-summary'
import type { HealthAnswer } from '#wire/health'
import type { InboxAnswer, InboxQuery } from '#wire/inbox'
import type { PendingDecisionAnswer } from '#wire/pending-decision'
import type { PhasesAnswer } from '#wire/phase-status'
import type { PreprocessingDagAnswer } from '#wire/preprocessing-dag'
import type { CancelRunAnswer, DeleteRunAnswer, ResumeRunAnswer, SkipPhaseAnswer } from '#wire/run-commands'
import type { RunListAnswer, RunListQuery } from '#wire/run-list'
import type { OpenRunAnswer, OpenRunBody, RunRecord, RunRecordList, TeamRunsQuery } from '#wire/run-record'
import type { RunStateAnswer } from '#wire/run-state'
import type { StartRunAnswer, StartRunBody } from '#wire/start-run'
import type { SubmitDecisionAnswer, SubmitDecisionBody } from '#wire/submit-decision'

/** Whose key a request came with. It sees what belongs to its team; all else is NOT_FOUND. */
export interface Caller {
  readonly team_id: string
  readonly org_id: string
  readonly key_id: string
  readonly key_name: string
  /** The public beginning of the key. */
  readonly key_prefix: string
  /** Null for a key without an end. */
  readonly expires: string | null
}

/** A file that lies finished in a temporary folder. The service may move it away; its giver removes what is left. */
export interface ReceivedFile {
  readonly path: string
  /** As the client named it: free text, never a path. */
  readonly file_name: string
  readonly name: string
  readonly description: string | null
}

/** A file on its way out. `chunks` ends early, by `return()`, when the client goes away. */
export interface Download {
  readonly file_name: string
  readonly content_type: string
  /** Null where it is not known before the end. */
  readonly bytes: number | null
  readonly chunks: AsyncIterable<Uint8Array | string>
}

/** Permission to fetch one dataset without a key, until it expires. */
export interface PresignedToken {
  /** Letters, digits, `-`, `_` and `.` only, so that it can stand in a path. */
  readonly token: string
  readonly expires_at: string
}

/** A request that may be sent twice: the client's key for it, and a hash of what it asks. */
export interface RepeatableRequest<T> {
  readonly key: string
  readonly hash: string
  /** Reads the kept answer again. */
  readonly answer: z.ZodType<T>
}

export interface Access {
  /** UNAUTHENTICATED for an unknown, revoked or expired key. */
  authenticate(secret: string): Promise<Result<Caller>>
  connect(caller: Caller): Promise<Result<ConnectAnswer>>
  limits(caller: Caller, orgId: string): Promise<Result<LimitsAnswer>>
}

export interface Datasets {
  upload(caller: Caller, file: ReceivedFile): Promise<Result<UploadDatasetAnswer>>
  /** Stores the file as a dataset and opens a run on it. */
  summarizeFile(caller: Caller, file: ReceivedFile): Promise<Result<DatasetSummaryAnswer>>
  /** Opens a run on a stored dataset. */
  summarize(caller: Caller, body: SummarizeDatasetBody): Promise<Result<DatasetSummaryAnswer>>
  read(caller: Caller, datasetId: string): Promise<Result<DatasetAnswer>>
  list(caller: Caller, teamId: string): Promise<Result<DatasetListAnswer>>
  delete(caller: Caller, datasetId: string): Promise<Result<DeleteDatasetAnswer>>
  preview(caller: Caller, datasetId: string, query: PreviewQuery): Promise<Result<PreviewAnswer>>
  downloadCsv(caller: Caller, datasetId: string): Promise<Result<Download>>
  presign(caller: Caller, datasetId: string): Promise<Result<PresignedToken>>
  /** The stored Parquet file; NOT_FOUND for a token that is wrong or has expired. */
  presigned(token: string): Promise<Result<Download>>
}

export interface Runs {
  /** Opens a run that is not started. */
  open(caller: Caller, body: OpenRunBody): Promise<Result<OpenRunAnswer>>
  start(caller: Caller, body: StartRunBody): Promise<Result<StartRunAnswer>>
  read(caller: Caller, runId: string): Promise<Result<RunStateAnswer>>
  record(caller: Caller, runId: string): Promise<Result<RunRecord>>
  list(caller: Caller, query: RunListQuery): Promise<Result<RunListAnswer>>
  listOfTeam(caller: Caller, teamId: string, query: TeamRunsQuery): Promise<Result<RunRecordList>>
  inbox(caller: Caller, query: InboxQuery): Promise<Result<InboxAnswer>>
  pendingDecision(caller: Caller, runId: string): Promise<Result<PendingDecisionAnswer>>
  submitDecision(caller: Caller, runId: string, body: SubmitDecisionBody): Promise<Result<SubmitDecisionAnswer>>
  phases(caller: Caller, runId: string): Promise<Result<PhasesAnswer>>
  cancel(caller: Caller, runId: string): Promise<Result<CancelRunAnswer>>
  skipPhase(caller: Caller, runId: string): Promise<Result<SkipPhaseAnswer>>
  resume(caller: Caller, runId: string): Promise<Result<ResumeRunAnswer>>
  delete(caller: Caller, runId: string): Promise<Result<DeleteRunAnswer>>
  preprocessingDag(caller: Caller, runId: string): Promise<Result<PreprocessingDagAnswer>>
  columnLineage(caller: Caller, runId: string): Promise<Result<ColumnLineageAnswer>>
}

/** The only façade: HTTP and every other way in call this and nothing behind it. Ids arrive as lower-case UUIDs. */
export interface Signalbox {
  readonly access: Access
  readonly datasets: Datasets
  readonly runs: Runs
  /**
   * Does the work once per key of the caller's team and keeps an accepted answer for 24 hours: the same request gets it
   * again, a different one is IDEMPOTENCY_KEY_REUSED. A refusal keeps nothing. Two at once: the second waits for the
   * first, or is WRITE_CONFLICT.
   */
  idempotent<T>(caller: Caller, request: RepeatableRequest<T>, work: () => Promise<Result<T>>): Promise<Result<T>>
  /** DATABASE_UNAVAILABLE where the server is up but cannot serve. */
  health(): Promise<Result<HealthAnswer>>
}
