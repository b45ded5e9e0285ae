import type { Result } from '#core/errors'
import type { CaptureAnswer, DeleteCapturedAnswer, SetCaptureBody } from '#wire/capture'
import type {
  AddMonitorItemsAnswer,
  AddMonitorItemsBody,
  AlertRuleBody,
  AlertRulesAnswer,
  CreateMonitorAnswer,
  CreateMonitorBody,
  DeleteMonitorItemAnswer,
  DescribeMonitorBody,
  MonitorAnswer,
  MonitorChangeAnswer,
  MonitorChecksAnswer,
  MonitorItemsAnswer,
  MonitorListAnswer,
  RenameMonitorBody,
} from '#wire/monitor'
import type { CheckMonitorAnswer } from '#wire/monitor-check'
import type { AlertAnswer, AnswerAlertBody, DecideProposalBody, LabelledPerformanceAnswer, ProposalAnswer, ProposeRetrainBody, PutScheduleBody, ScheduleAnswer, SendLabelsBody } from '#wire/monitor-follow'
import type { Caller } from './signalbox.ts'

/** Raw rows to compare with the training rows: as JSON, as the text of a CSV file, as another received file, or as a stored dataset. */
export type BatchOfRows =
  | { readonly rows: readonly unknown[] }
  | { readonly csv: string }
  | { readonly path: string; readonly file_name: string }
  | { readonly dataset_id: string }

export interface BatchToCheck {
  readonly sent: BatchOfRows
  /** Absent where the monitor's own holds. */
  readonly method?: 'calibrated' | 'evidently' | undefined
}

export interface Monitors {
  /** Makes one of the newest version of a model; where the model has one of that name, that one comes back. */
  create(caller: Caller, body: CreateMonitorBody): Promise<Result<CreateMonitorAnswer>>
  read(caller: Caller, monitorId: string): Promise<Result<MonitorAnswer>>
  /** Newest first. */
  listOfModel(caller: Caller, modelId: string): Promise<Result<MonitorListAnswer>>
  listOfTeam(caller: Caller, teamId: string): Promise<Result<MonitorListAnswer>>
  rename(caller: Caller, body: RenameMonitorBody): Promise<Result<MonitorChangeAnswer>>
  describe(caller: Caller, body: DescribeMonitorBody): Promise<Result<MonitorChangeAnswer>>
  delete(caller: Caller, monitorId: string): Promise<Result<MonitorChangeAnswer>>
  /** Keeps rows with a monitor, each with what the model says of it. */
  addItems(caller: Caller, body: AddMonitorItemsBody): Promise<Result<AddMonitorItemsAnswer>>
  /** One item by its own id, or all of a monitor by the monitor's. */
  items(caller: Caller, id: string): Promise<Result<MonitorItemsAnswer>>
  deleteItem(caller: Caller, itemId: string): Promise<Result<DeleteMonitorItemAnswer>>
  alertRules(caller: Caller, monitorId: string): Promise<Result<AlertRulesAnswer>>
  /** Sets the rule of its type. */
  putAlertRule(caller: Caller, monitorId: string, rule: AlertRuleBody): Promise<Result<AlertRulesAnswer>>
  /** Checks that were made, newest first. */
  checks(caller: Caller, monitorId: string, query: { readonly limit: number }): Promise<Result<MonitorChecksAnswer>>
  /** What one of them found, as it was answered then. */
  readCheck(caller: Caller, monitorId: string, checkId: string): Promise<Result<CheckMonitorAnswer>>
  /** Alerts that checks have raised, newest first. */
  alerts(caller: Caller, monitorId: string, query: { readonly limit: number }): Promise<Result<AlertAnswer[]>>
  answerAlert(caller: Caller, alertId: string, body: AnswerAlertBody): Promise<Result<AlertAnswer>>
  schedule(caller: Caller, monitorId: string): Promise<Result<ScheduleAnswer>>
  putSchedule(caller: Caller, monitorId: string, body: PutScheduleBody): Promise<Result<ScheduleAnswer>>
  removeSchedule(caller: Caller, monitorId: string): Promise<Result<MonitorChangeAnswer>>
  /** Joins labels to the rows that a deployment has kept, and measures. */
  sendLabels(caller: Caller, monitorId: string, body: SendLabelsBody): Promise<Result<LabelledPerformanceAnswer>>
  performance(caller: Caller, monitorId: string, deploymentId: string): Promise<Result<LabelledPerformanceAnswer>>
  /** Trains a challenger; whether it replaces the model in use is asked. */
  proposeRetrain(caller: Caller, monitorId: string, body: ProposeRetrainBody): Promise<Result<ProposalAnswer>>
  proposals(caller: Caller, monitorId: string): Promise<Result<ProposalAnswer[]>>
  decideProposal(caller: Caller, proposalId: string, body: DecideProposalBody): Promise<Result<ProposalAnswer>>
  /** Compares a batch with the training rows, and keeps what was found. */
  check(caller: Caller, monitorId: string, batch: BatchToCheck): Promise<Result<CheckMonitorAnswer>>
}

/** What deployments keep of the rows that they are asked to score. */
export interface Captures {
  read(caller: Caller, deploymentId: string): Promise<Result<CaptureAnswer>>
  set(caller: Caller, deploymentId: string, body: SetCaptureBody): Promise<Result<CaptureAnswer>>
  /** Keeps no more; the rows stay until they are deleted. */
  end(caller: Caller, deploymentId: string): Promise<Result<CaptureAnswer>>
  deleteRows(caller: Caller, deploymentId: string): Promise<Result<DeleteCapturedAnswer>>
}
