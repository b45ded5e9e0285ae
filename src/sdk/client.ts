import { connectAnswerSchema, type ConnectAnswer } from '#wire/access'
import type { PredictionsAnswer } from '#wire/prediction'
import { Agentic } from './agentic.ts'
import { SignalboxApiError } from './api-error.ts'
import { Autotrain } from './autotrain.ts'
import { Captures } from './captures.ts'
import { Datasets } from './datasets.ts'
import { Deployments } from './deployments.ts'
import type { FileBytes } from './file-form.ts'
import { Models } from './models.ts'
import { Monitors } from './monitors.ts'
import { predictFile, predictRows, type PredictFileOptions, type PredictOptions, type RawRows } from './predict.ts'
import { Preprocessors } from './preprocessors.ts'
import { Reports } from './reports.ts'
import { Sessions } from './sessions.ts'
import { Training } from './training.ts'
import { Scoring } from './scoring.ts'
import { Transport, type CallOptions, type Connection } from './transport.ts'
import { Webhooks } from './webhooks.ts'

/**
 * The typed client of a Signalbox server, for Node and browsers. Methods are in camelCase, fields as on the wire.
 *
 *     const client = new Signalbox({ baseUrl: 'http://localhost:4100', apiKey })
 *     const { run_id } = await client.agentic.startRun({ model_name: 'churn', dataset_id })
 *     const next = await client.agentic.waitForDecision(run_id)
 */
export class Signalbox {
  readonly agentic: Agentic
  readonly datasets: Datasets
  readonly reports: Reports
  readonly autotrain: Autotrain
  readonly models: Models
  readonly deployments: Deployments
  readonly monitors: Monitors
  readonly captures: Captures
  readonly preprocessors: Preprocessors
  readonly training: Training
  readonly scoring: Scoring
  readonly webhooks: Webhooks
  /** For pages: signs in with a key, and the browser keeps the session. */
  readonly sessions: Sessions
  private readonly transport: Transport

  constructor(connection: Connection) {
    this.transport = new Transport(connection)
    this.agentic = new Agentic(this.transport)
    this.datasets = new Datasets(this.transport)
    this.reports = new Reports(this.transport)
    this.autotrain = new Autotrain(this.transport)
    this.models = new Models(this.transport)
    this.deployments = new Deployments(this.transport)
    this.monitors = new Monitors(this.transport)
    this.captures = new Captures(this.transport)
    this.preprocessors = new Preprocessors(this.transport)
    this.training = new Training(this.transport)
    this.scoring = new Scoring(this.transport)
    this.webhooks = new Webhooks(this.transport)
    this.sessions = new Sessions(this.transport)
  }

  /** Predicts raw rows with a deploy key; one prediction a row, in their order. */
  predict(rows: RawRows, options: PredictOptions): Promise<PredictionsAnswer> {
    return predictRows(this.transport, rows, options)
  }

  /** Predicts the rows of a CSV file with a deployed model version, with this client's own key. */
  predictFile(versionId: string, file: FileBytes, options: PredictFileOptions = {}): Promise<PredictionsAnswer> {
    return predictFile(this.transport, { versionId, file }, options)
  }

  /** Whose key this is. */
  connect(options: CallOptions = {}): Promise<ConnectAnswer> {
    return this.transport.json({ method: 'GET', path: '/v1/connect', answer: connectAnswerSchema, ...options })
  }
}

export { SignalboxApiError }
export type { ChatMessageAnswer, ChatProposalAnswer, CitationAnswer } from '#wire/chat'
export type { CompareRunsAnswer } from '#wire/compare-runs'
export type { ColumnLineageAnswer, LineageColumn } from '#wire/column-lineage'
export type { DagNode, PreprocessingDagAnswer } from '#wire/preprocessing-dag'
export type { DatasetAnswer, PreviewAnswer, UploadDatasetAnswer } from '#wire/dataset'
export type { DecisionRecord, MadeDecisionAnswer } from '#wire/decision-record'
export type { InboxEntry } from '#wire/inbox'
export type { RunListEntry } from '#wire/run-list'
export type { DatasetSummaryAnswer } from '#wire/dataset-summary'
export type { CreateDeployKeyAnswer, DeploymentAnswer, DeployKeyAnswer } from '#wire/deployment'
export type { DeploymentFieldAnswer, DeploymentFormAnswer } from '#wire/deployment-trial'
export type { ModelAnswer, ModelVersionAnswer } from '#wire/model'
export type { CandidateEvidenceAnswer, CurveShapeAnswer, EditEffectAnswer, FoldDifferenceAnswer, GridShapeAnswer, ModelEvidenceAnswer, ModelShapesAnswer, ModelTrialAnswer, TriedModelAnswer, TryModelBody } from '#wire/model-evidence'
export type { MonitorAnswer } from '#wire/monitor'
export type { CheckMonitorAnswer } from '#wire/monitor-check'
export type { WhatIfAnswer } from '#wire/what-if'
export type { AlertAnswer } from '#wire/monitor-follow'
export type { ModelHistoryAnswer, LiveAnswer } from '#wire/model-registry'
export type { PredictionAnswer } from '#wire/prediction'
export type { EvidenceAnswer, OptionAnswer, PendingDecision } from '#wire/pending-decision'
export type { PreprocessorAnswer, PreprocessorVersionAnswer } from '#wire/preprocessor'
export type { PreviewSpecAnswer } from '#wire/preprocessor-preview'
export type { PhaseStatusAnswer } from '#wire/phase-status'
export type { RetrainInput } from '#wire/retrain'
export type { ReportJobAnswer, ReportWizardBody } from '#wire/report'
export type { RunStateAnswer } from '#wire/run-state'
export type { StartRunInput } from '#wire/start-run'
export type { SubmitDecisionBody } from '#wire/submit-decision'
export type { FileBytes } from './file-form.ts'
export type { CallOptions, Connection } from './transport.ts'
export type { EventsOptions, RunEvent } from './run-events.ts'
export type { WaitOptions, WaitResult } from './wait-for-decision.ts'
