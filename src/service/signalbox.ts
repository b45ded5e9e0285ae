import type { TrainModelAnswer, TrainModelBody } from '#wire/train-model'
import type { LiveAnswer, ModelHistoryAnswer, VersionComparisonAnswer, VersionDecisionAnswer, versionDecisions, VersionLineageAnswer } from '#wire/model-registry'
import type { WhatIfAnswer, WhatIfBody, WhatIfBudgetAnswer, WhatIfBudgetBody } from '#wire/what-if'
import type { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Result } from '#core/errors'
import type { ConnectAnswer, LimitsAnswer } from '#wire/access'
import type { ChatHistoryAnswer, SendChatAnswer, SendChatBody } from '#wire/chat'
import type { ColumnLineageAnswer, LineageQuery } from '#wire/column-lineage'
import type { DecisionRecord, MadeDecisionsAnswer } from '#wire/decision-record'
import type {
  DatasetAnswer,
  DatasetListAnswer,
  DeleteDatasetAnswer,
  PreviewAnswer,
  PreviewQuery,
  MissingAnswer,
  MissingQuery,
  UploadDatasetAnswer,
} from '#wire/dataset'
import type { DatasetSummaryAnswer, SummarizeDatasetBody } from '#wire/dataset-summary'
import type {
  CreateDeployKeyAnswer,
  CreateDeployKeyBody,
  CreateDeploymentAnswer,
  CreateDeploymentBody,
  DeployKeyListAnswer,
  DeploymentChangeAnswer,
  DeploymentListAnswer,
  DeploymentPayloadAnswer,
  RepointDeploymentBody,
  RevokeDeployKeyAnswer,
  RevokeDeployKeyBody,
} from '#wire/deployment'
import type { HealthAnswer, ServerFigures } from '#wire/health'
import type { DeleteScoringAnswer, ScoringJobAnswer, ScoringJobList, ScoringResultQuery, StartScoringBody } from '#wire/scoring-job'
import type { SetFallbackBody, StopBody, StopsAnswer } from '#wire/stop'
import type { InboxAnswer, InboxQuery } from '#wire/inbox'
import type {
  FeatureInfoAnswer,
  ModelAnswer,
  ModelListAnswer,
  ModelVersionListAnswer,
  PartitionsAnswer,
  ProfileAnswer,
} from '#wire/model'
import type { CandidateEvidenceAnswer, ModelShapesAnswer, ModelTrialAnswer, TryModelBody } from '#wire/model-evidence'
import type { OpenLineageAnswer } from '#wire/open-lineage'
import type { PendingDecisionAnswer } from '#wire/pending-decision'
import type { PhasesAnswer } from '#wire/phase-status'
import type { DeploymentFormAnswer, TryDeploymentBody } from '#wire/deployment-trial'
import type { PredictionAnswer, PredictionsAnswer } from '#wire/prediction'
import type { ReportPreviewQuery } from '#wire/report-preview'
import type { CompareRunsAnswer } from '#wire/compare-runs'
import type { PreprocessingDagAnswer } from '#wire/preprocessing-dag'
import type { RetrainAnswer, RetrainBody } from '#wire/retrain'
import type { DeleteReportAnswer, ReportFormat, ReportJobAnswer, ReportSignaturesAnswer, ReportWizardAnswer, ReportWizardBody, SignReportBody } from '#wire/report'
import type { CancelRunAnswer, DeleteRunAnswer, ResumeRunAnswer, SkipPhaseAnswer } from '#wire/run-commands'
import type { RunStreamFrame } from '#wire/run-event'
import type { RunListAnswer, RunListQuery } from '#wire/run-list'
import type { OpenRunAnswer, OpenRunBody, RunRecord, RunRecordList, TeamRunsQuery } from '#wire/run-record'
import type { RunStateAnswer } from '#wire/run-state'
import type { Session } from '#wire/session'
import type { StartRunAnswer, StartRunBody } from '#wire/start-run'
import type { SubmitDecisionAnswer, SubmitDecisionBody } from '#wire/submit-decision'
import type { AddWebhookAnswer, AddWebhookBody, RemoveWebhookAnswer, TestWebhookAnswer, WebhookListAnswer } from '#wire/webhook'
import type { ModelExports } from './model-exports-facade.ts'
import type { Captures, Monitors } from './monitors-facade.ts'
import type { Preprocessors } from './preprocessors-facade.ts'

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
  /** How it is to be read, as JSON text. */
  readonly read_options?: string | null
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

export interface OpenedSession {
  readonly token: string
  readonly session: Session
}

export interface Access {
  /** UNAUTHENTICATED for an unknown, revoked or expired key. */
  authenticate(secret: string): Promise<Result<Caller>>
  connect(caller: Caller): Promise<Result<ConnectAnswer>>
  /** A session of a browser on the key that it shows; the token is handed out once, and kept as a hash. */
  signIn(secret: string): Promise<Result<OpenedSession>>
  /** UNAUTHENTICATED where the session or its key has ended. */
  authenticateSession(token: string): Promise<Result<{ readonly caller: Caller; readonly session: Session }>>
  signOut(token: string): Promise<void>
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
  /** Where values are missing along the file. */
  missing(caller: Caller, datasetId: string, query: MissingQuery): Promise<Result<MissingAnswer>>
  downloadCsv(caller: Caller, datasetId: string): Promise<Result<Download>>
  /** The rows that reading the file set aside. */
  downloadSetAside(caller: Caller, datasetId: string): Promise<Result<Download>>
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
  /** What was decided so far, oldest first. */
  decisions(caller: Caller, runId: string): Promise<Result<MadeDecisionsAnswer>>
  decision(caller: Caller, runId: string, decisionId: string): Promise<Result<DecisionRecord>>
  submitDecision(caller: Caller, runId: string, body: SubmitDecisionBody): Promise<Result<SubmitDecisionAnswer>>
  phases(caller: Caller, runId: string): Promise<Result<PhasesAnswer>>
  cancel(caller: Caller, runId: string): Promise<Result<CancelRunAnswer>>
  skipPhase(caller: Caller, runId: string): Promise<Result<SkipPhaseAnswer>>
  resume(caller: Caller, runId: string): Promise<Result<ResumeRunAnswer>>
  /** Starts a run that decides as this completed one did. */
  retrain(caller: Caller, runId: string, body: RetrainBody): Promise<Result<RetrainAnswer>>
  delete(caller: Caller, runId: string): Promise<Result<DeleteRunAnswer>>
  preprocessingDag(caller: Caller, runId: string): Promise<Result<PreprocessingDagAnswer>>
  columnLineage(caller: Caller, runId: string, query: LineageQuery): Promise<Result<ColumnLineageAnswer>>
  openLineage(caller: Caller, runId: string): Promise<Result<OpenLineageAnswer>>
  /** Of the models of two runs, on the sealed rows that both have. */
  compare(caller: Caller, runId: string, otherId: string): Promise<Result<CompareRunsAnswer>>
}

/** What a card of model_training rests on, and trials of other answers to it. */
export interface Training {
  candidate(caller: Caller, runId: string, of: { readonly decision_id: string; readonly trainer: string }): Promise<Result<CandidateEvidenceAnswer>>
  /** Measures in the background; the same answer to the same card is the same trial. */
  startTrial(caller: Caller, runId: string, body: TryModelBody): Promise<Result<ModelTrialAnswer>>
  trial(caller: Caller, runId: string, trialId: string): Promise<Result<ModelTrialAnswer>>
  cancelTrial(caller: Caller, runId: string, trialId: string): Promise<Result<ModelTrialAnswer>>
}

export interface Chat {
  send(caller: Caller, runId: string, body: SendChatBody): Promise<Result<SendChatAnswer>>
  history(caller: Caller, runId: string): Promise<Result<ChatHistoryAnswer>>
}

export interface RunEvents {
  /** What came after the event with this number, then what comes; ends with the run, or with the signal. */
  stream(caller: Caller, runId: string, from: { readonly after: number; readonly signal: AbortSignal }): Promise<Result<AsyncIterable<RunStreamFrame>>>
}

export interface Webhooks {
  add(caller: Caller, body: AddWebhookBody): Promise<Result<AddWebhookAnswer>>
  list(caller: Caller): Promise<Result<WebhookListAnswer>>
  remove(caller: Caller, webhookId: string): Promise<Result<RemoveWebhookAnswer>>
  /** Sends one message now and tells how it went. */
  test(caller: Caller, webhookId: string): Promise<Result<TestWebhookAnswer>>
}

export interface Models {
  /** Newest first. */
  list(caller: Caller, teamId: string): Promise<Result<ModelListAnswer>>
  read(caller: Caller, modelId: string): Promise<Result<ModelAnswer>>
  /** Oldest first. */
  versions(caller: Caller, modelId: string): Promise<Result<ModelVersionListAnswer>>
  /** `latest` is the newest version of the caller's team. */
  partitions(caller: Caller, versionId: string): Promise<Result<PartitionsAnswer>>
  /** The same as `profile`, ready to be drawn. */
  shapes(caller: Caller, versionId: string): Promise<Result<ModelShapesAnswer>>
  profile(caller: Caller, versionId: string): Promise<Result<ProfileAnswer>>
  evaluation(caller: Caller, partitionId: string): Promise<Result<Record<string, Json>>>
  featureInfo(caller: Caller, versionId: string): Promise<Result<FeatureInfoAnswer>>
}

/** What is decided of a version, and why. */
export interface VersionDecision {
  readonly kind: (typeof versionDecisions)[number]
  readonly rationale: string | null
}

export interface Registry {
  /** Trains without a question and waits for the end. */
  train(caller: Caller, body: TrainModelBody): Promise<Result<TrainModelAnswer>>
  decide(caller: Caller, versionId: string, decision: VersionDecision): Promise<Result<VersionDecisionAnswer>>
  /** At the present where no moment is named. */
  live(caller: Caller, modelId: string, at: string | null): Promise<Result<LiveAnswer>>
  /** Oldest first. */
  history(caller: Caller, modelId: string): Promise<Result<ModelHistoryAnswer>>
  lineage(caller: Caller, versionId: string): Promise<Result<VersionLineageAnswer>>
  /** With the champion where no other version is named. */
  compare(caller: Caller, versionId: string, other: string | null): Promise<Result<VersionComparisonAnswer>>
}

export interface WhatIf {
  /** The cheapest changes of one raw row that reach a target. */
  ask(caller: Caller, versionId: string, body: WhatIfBody): Promise<Result<WhatIfAnswer>>
  /** A budget spent over many rows where it gains most. */
  spend(caller: Caller, versionId: string, body: WhatIfBudgetBody): Promise<Result<WhatIfBudgetAnswer>>
}

export interface Deployments {
  /** Newest first. */
  list(caller: Caller, teamId: string): Promise<Result<DeploymentListAnswer>>
  /** Makes one that does not answer yet, or returns the one that the version has. */
  create(caller: Caller, body: CreateDeploymentBody): Promise<Result<CreateDeploymentAnswer>>
  activate(caller: Caller, deploymentId: string): Promise<Result<DeploymentChangeAnswer>>
  deactivate(caller: Caller, deploymentId: string): Promise<Result<DeploymentChangeAnswer>>
  repoint(caller: Caller, deploymentId: string, body: RepointDeploymentBody): Promise<Result<DeploymentChangeAnswer>>
  delete(caller: Caller, deploymentId: string): Promise<Result<DeploymentChangeAnswer>>
  /** What is answered while it is stopped. */
  setFallback(caller: Caller, deploymentId: string, body: SetFallbackBody): Promise<Result<DeploymentChangeAnswer>>
  stop(caller: Caller, deploymentId: string, body: StopBody): Promise<Result<DeploymentChangeAnswer>>
  resume(caller: Caller, deploymentId: string, body: StopBody): Promise<Result<DeploymentChangeAnswer>>
  /** Stops everything of the team; resuming all leaves those stopped that were stopped by themselves. */
  stopAll(caller: Caller, body: StopBody): Promise<Result<StopsAnswer>>
  resumeAll(caller: Caller, body: StopBody): Promise<Result<StopsAnswer>>
  /** How everything stands, and every press of a stop button, the newest first. */
  stops(caller: Caller): Promise<Result<StopsAnswer>>
  keys(caller: Caller, deploymentId: string): Promise<Result<DeployKeyListAnswer>>
  createKey(caller: Caller, body: CreateDeployKeyBody): Promise<Result<CreateDeployKeyAnswer>>
  revokeKey(caller: Caller, body: RevokeDeployKeyBody): Promise<Result<RevokeDeployKeyAnswer>>
  activeKeys(caller: Caller, teamId: string): Promise<Result<number>>
  payload(caller: Caller, deploymentId: string): Promise<Result<DeploymentPayloadAnswer>>
}

/** Files and datasets that are scored in the background. */
export interface Scoring {
  start(caller: Caller, body: StartScoringBody): Promise<Result<ScoringJobAnswer>>
  /** Stores the file as a dataset first. */
  startFile(caller: Caller, body: Omit<StartScoringBody, 'dataset_id'> & { readonly file: ReceivedFile }): Promise<Result<ScoringJobAnswer>>
  /** Newest first. */
  list(caller: Caller): Promise<Result<ScoringJobList>>
  read(caller: Caller, jobId: string): Promise<Result<ScoringJobAnswer>>
  cancel(caller: Caller, jobId: string): Promise<Result<ScoringJobAnswer>>
  delete(caller: Caller, jobId: string): Promise<Result<DeleteScoringAnswer>>
  result(caller: Caller, jobId: string, query: ScoringResultQuery): Promise<Result<Download>>
}

interface PredictOptions {
  /** Of a binary model; null where the deployment's or the model's own holds. */
  readonly threshold: number | null
  readonly show_breakdown: boolean
}

/** What a deploy key opens. The answers come in parts, in the order of the rows. */
export interface OpenedDeployment {
  readonly deployment_id: string
  predict(request: PredictOptions & { readonly rows: readonly unknown[] }): Promise<Result<AsyncIterable<readonly PredictionAnswer[]>>>
}

export interface Predictions {
  /** UNAUTHENTICATED for a key that is unknown, revoked or expired, DEPLOYMENT_INACTIVE where its deployment rests. */
  open(deployKey: string): Promise<Result<OpenedDeployment>>
  /** The same for the rows of a CSV text, with the caller's own key. */
  predictCsv(caller: Caller, versionId: string, request: PredictOptions & { readonly csv: string }): Promise<Result<{ readonly deployment_id: string; readonly answers: AsyncIterable<readonly PredictionAnswer[]> }>>
}

/** Rows that a person tries, with their own key. */
export interface Trials {
  form(caller: Caller, deploymentId: string): Promise<Result<DeploymentFormAnswer>>
  predict(caller: Caller, deploymentId: string, body: TryDeploymentBody): Promise<Result<PredictionsAnswer>>
}

/** A file that is small enough to be held as text. */
export interface TextFile {
  readonly file_name: string
  readonly content_type: string
  readonly text: string
}

export interface Reports {
  /** NOT_FOUND also where the report was made without this format. */
  read(caller: Caller, reportId: string, format: ReportFormat): Promise<Result<TextFile>>
  /** As it would read if it were written now, of a run that has trained a model. */
  preview(caller: Caller, runId: string, query: ReportPreviewQuery): Promise<Result<TextFile>>
  delete(caller: Caller, reportId: string): Promise<Result<DeleteReportAnswer>>
  /** Signs a report off; kept as an event with the hashes of its files. */
  sign(caller: Caller, reportId: string, body: SignReportBody): Promise<Result<ReportSignaturesAnswer>>
  signatures(caller: Caller, reportId: string): Promise<Result<ReportSignaturesAnswer>>
  /** Makes a further report of a completed run, in the background. */
  make(caller: Caller, body: ReportWizardBody): Promise<Result<ReportWizardAnswer>>
  job(caller: Caller, jobId: string): Promise<Result<ReportJobAnswer>>
}

/** The only façade: HTTP and every other way in call this and nothing behind it. Ids arrive as lower-case UUIDs. */
export interface Signalbox {
  readonly access: Access
  readonly datasets: Datasets
  readonly runs: Runs
  readonly training: Training
  readonly reports: Reports
  readonly models: Models
  readonly exports: ModelExports
  readonly registry: Registry
  readonly whatIf: WhatIf
  readonly deployments: Deployments
  readonly predictions: Predictions
  readonly trials: Trials
  readonly scoring: Scoring
  readonly monitors: Monitors
  readonly captures: Captures
  readonly preprocessors: Preprocessors
  readonly chat: Chat
  readonly events: RunEvents
  readonly webhooks: Webhooks
  /**
   * Does the work once per key of the caller's team and keeps an accepted answer for 24 hours: the same request gets it
   * again, a different one is IDEMPOTENCY_KEY_REUSED. A refusal keeps nothing. Two at once: the second waits for the
   * first, or is WRITE_CONFLICT.
   */
  idempotent<T>(caller: Caller, request: RepeatableRequest<T>, work: () => Promise<Result<T>>): Promise<Result<T>>
  /** DATABASE_UNAVAILABLE where the server is up but cannot serve. */
  health(): Promise<Result<HealthAnswer>>
  /** Counts over everything that the server holds. */
  figures(): Promise<Result<ServerFigures>>
}
