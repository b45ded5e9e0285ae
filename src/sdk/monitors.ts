import type { z } from 'zod'
import {
  addMonitorItemsAnswerSchema,
  alertRulesAnswerSchema,
  createMonitorAnswerSchema,
  deleteMonitorItemAnswerSchema,
  monitorAnswerSchema,
  monitorChangeAnswerSchema,
  monitorChecksAnswerSchema,
  monitorItemsAnswerSchema,
  monitorListAnswerSchema,
  type AddMonitorItemsAnswer,
  type AlertRuleBody,
  type AlertRulesAnswer,
  type CreateMonitorAnswer,
  type CreateMonitorInput,
  type DeleteMonitorItemAnswer,
  type MonitorAnswer,
  type MonitorChangeAnswer,
  type MonitorChecksAnswer,
  type MonitorItemsAnswer,
  type MonitorListAnswer,
} from '#wire/monitor'
import {
  alertAnswerSchema,
  alertListAnswerSchema,
  labelledPerformanceAnswerSchema,
  proposalAnswerSchema,
  proposalListAnswerSchema,
  scheduleAnswerSchema,
  type AlertAnswer,
  type AnswerAlertInput,
  type DecideProposalBody,
  type LabelledPerformanceAnswer,
  type ProposalAnswer,
  type ProposeRetrainBody,
  type PutScheduleInput,
  type ScheduleAnswer,
  type SendLabelsBody,
} from '#wire/monitor-follow'
import { checkMonitorAnswerSchema, type CheckMonitorAnswer } from '#wire/monitor-check'
import { fileForm, type FileBytes } from './file-form.ts'
import type { CallOptions, Transport } from './transport.ts'

type Row = Readonly<Record<string, unknown>>

export interface CheckOptions extends CallOptions {
  /** Another method than the monitor's own. */
  readonly method?: 'calibrated' | 'evidently'
}

export interface CheckFileOptions extends CheckOptions {
  readonly fileName?: string
}

/** Monitors of models: what they watch, and checks of batches. */
export class Monitors {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  /** Makes a monitor of the newest version of a model; where the model has one of that name, that one comes back. */
  create(body: CreateMonitorInput, options: CallOptions = {}): Promise<CreateMonitorAnswer> {
    return this.transport.json({ method: 'PUT', path: '/v1/monitors/create', json: body, answer: createMonitorAnswerSchema, ...options })
  }

  get(monitorId: string, options: CallOptions = {}): Promise<MonitorAnswer> {
    return this.read(pathOf(monitorId), monitorAnswerSchema, options)
  }

  listOfModel(modelId: string, options: CallOptions = {}): Promise<MonitorListAnswer> {
    return this.read(`/v1/monitors/model/${encodeURIComponent(modelId)}`, monitorListAnswerSchema, options)
  }

  listOfTeam(teamId: string, options: CallOptions = {}): Promise<MonitorListAnswer> {
    return this.read(`/v1/monitors/teams/${encodeURIComponent(teamId)}`, monitorListAnswerSchema, options)
  }

  rename(monitorId: string, name: string, options: CallOptions = {}): Promise<MonitorChangeAnswer> {
    const json = { monitor_id: monitorId, name }
    return this.transport.json({ method: 'PATCH', path: '/v1/monitors/edit/name', json, answer: monitorChangeAnswerSchema, ...options })
  }

  describe(monitorId: string, description: string, options: CallOptions = {}): Promise<MonitorChangeAnswer> {
    const json = { monitor_id: monitorId, description }
    return this.transport.json({ method: 'PATCH', path: '/v1/monitors/edit/description', json, answer: monitorChangeAnswerSchema, ...options })
  }

  delete(monitorId: string, options: CallOptions = {}): Promise<MonitorChangeAnswer> {
    const path = `/v1/monitors/delete/${encodeURIComponent(monitorId)}`
    return this.transport.json({ method: 'DELETE', path, answer: monitorChangeAnswerSchema, ...options })
  }

  /** Compares raw rows with the rows that the model was trained on. */
  check(monitorId: string, rows: readonly Row[], { method, ...options }: CheckOptions = {}): Promise<CheckMonitorAnswer> {
    const query = method === undefined ? {} : { method }
    return this.transport.json({ method: 'POST', path: pathOf(monitorId, '/check'), query, json: { rows }, answer: checkMonitorAnswerSchema, ...options })
  }

  /** The same for the rows of a file: CSV, Parquet, or another kind that datasets are read from. */
  checkFile(monitorId: string, file: FileBytes, { fileName = 'rows.csv', method, ...options }: CheckFileOptions = {}): Promise<CheckMonitorAnswer> {
    const query = method === undefined ? {} : { method }
    const form = fileForm({ file, fileName, fields: {} })
    return this.transport.json({ method: 'POST', path: pathOf(monitorId, '/check'), query, form, answer: checkMonitorAnswerSchema, ...options })
  }

  /** The same for a stored dataset. */
  checkDataset(monitorId: string, datasetId: string, options: CheckOptions = {}): Promise<CheckMonitorAnswer> {
    const { method, ...rest } = options
    const query = method === undefined ? {} : { method }
    return this.transport.json({ method: 'POST', path: pathOf(monitorId, '/check'), query, json: { dataset_id: datasetId }, answer: checkMonitorAnswerSchema, ...rest })
  }

  /** Checks that were made, newest first. */
  checks(monitorId: string, query: { readonly limit?: number } = {}, options: CallOptions = {}): Promise<MonitorChecksAnswer> {
    return this.transport.json({ method: 'GET', path: pathOf(monitorId, '/checks'), query, answer: monitorChecksAnswerSchema, ...options })
  }

  /** What one check found, as it was answered then. */
  readCheck(monitorId: string, checkId: string, options: CallOptions = {}): Promise<CheckMonitorAnswer> {
    return this.read(pathOf(monitorId, `/checks/${encodeURIComponent(checkId)}`), checkMonitorAnswerSchema, options)
  }

  /** Keeps raw rows with the monitor, each with what the model says of it. */
  addItems(monitorId: string, items: readonly Row[], options: CallOptions = {}): Promise<AddMonitorItemsAnswer> {
    const json = { monitor_id: monitorId, monitor_items: items }
    return this.transport.json({ method: 'PUT', path: '/v1/monitors/monitor-items/add', json, answer: addMonitorItemsAnswerSchema, ...options })
  }

  /** One item by its own id, or all of a monitor by the monitor's. */
  items(id: string, options: CallOptions = {}): Promise<MonitorItemsAnswer> {
    return this.read(`/v1/monitors/monitor-items/${encodeURIComponent(id)}`, monitorItemsAnswerSchema, options)
  }

  deleteItem(itemId: string, options: CallOptions = {}): Promise<DeleteMonitorItemAnswer> {
    const path = `/v1/monitors/monitor-items/delete/${encodeURIComponent(itemId)}`
    return this.transport.json({ method: 'DELETE', path, answer: deleteMonitorItemAnswerSchema, ...options })
  }

  alertRules(monitorId: string, options: CallOptions = {}): Promise<AlertRulesAnswer> {
    return this.read(pathOf(monitorId, '/alert-rules'), alertRulesAnswerSchema, options)
  }

  putAlertRule(monitorId: string, rule: AlertRuleBody, options: CallOptions = {}): Promise<AlertRulesAnswer> {
    return this.transport.json({ method: 'PUT', path: pathOf(monitorId, '/alert-rules'), json: rule, answer: alertRulesAnswerSchema, ...options })
  }

  /** Alerts that checks have raised, newest first. */
  alerts(monitorId: string, query: { readonly limit?: number } = {}, options: CallOptions = {}): Promise<AlertAnswer[]> {
    return this.transport.json({ method: 'GET', path: pathOf(monitorId, '/alerts'), query, answer: alertListAnswerSchema, ...options })
  }

  /** Says who takes care of an alert, and that it was seen. */
  answerAlert(alertId: string, body: AnswerAlertInput = {}, options: CallOptions = {}): Promise<AlertAnswer> {
    return this.transport.json({ method: 'PATCH', path: pathOf('alerts', `/${encodeURIComponent(alertId)}`), json: body, answer: alertAnswerSchema, ...options })
  }

  /** Checks the rows that a deployment keeps at the times of a cron expression. */
  putSchedule(monitorId: string, body: PutScheduleInput, options: CallOptions = {}): Promise<ScheduleAnswer> {
    return this.transport.json({ method: 'PUT', path: pathOf(monitorId, '/schedule'), json: body, answer: scheduleAnswerSchema, ...options })
  }

  schedule(monitorId: string, options: CallOptions = {}): Promise<ScheduleAnswer> {
    return this.read(pathOf(monitorId, '/schedule'), scheduleAnswerSchema, options)
  }

  removeSchedule(monitorId: string, options: CallOptions = {}): Promise<MonitorChangeAnswer> {
    return this.transport.json({ method: 'DELETE', path: pathOf(monitorId, '/schedule'), answer: monitorChangeAnswerSchema, ...options })
  }

  /** Joins labels by key to the rows that a deployment has kept, and measures. */
  sendLabels(monitorId: string, body: SendLabelsBody, options: CallOptions = {}): Promise<LabelledPerformanceAnswer> {
    return this.transport.json({ method: 'POST', path: pathOf(monitorId, '/labels'), json: body, answer: labelledPerformanceAnswerSchema, ...options })
  }

  performance(monitorId: string, deploymentId: string, options: CallOptions = {}): Promise<LabelledPerformanceAnswer> {
    const query = { deployment_id: deploymentId }
    return this.transport.json({ method: 'GET', path: pathOf(monitorId, '/performance'), query, answer: labelledPerformanceAnswerSchema, ...options })
  }

  /** Trains a challenger; whether it replaces the model in use is asked. */
  proposeRetrain(monitorId: string, body: ProposeRetrainBody, options: CallOptions = {}): Promise<ProposalAnswer> {
    return this.transport.json({ method: 'POST', path: pathOf(monitorId, '/proposals'), json: body, answer: proposalAnswerSchema, ...options })
  }

  proposals(monitorId: string, options: CallOptions = {}): Promise<ProposalAnswer[]> {
    return this.read(pathOf(monitorId, '/proposals'), proposalListAnswerSchema, options)
  }

  decideProposal(proposalId: string, body: DecideProposalBody, options: CallOptions = {}): Promise<ProposalAnswer> {
    return this.transport.json({ method: 'POST', path: pathOf('proposals', `/${encodeURIComponent(proposalId)}/decide`), json: body, answer: proposalAnswerSchema, ...options })
  }

  private read<T>(path: string, answer: z.ZodType<T>, options: CallOptions): Promise<T> {
    return this.transport.json({ method: 'GET', path, answer, ...options })
  }
}

function pathOf(monitorId: string, rest = ''): string {
  return `/v1/monitors/${encodeURIComponent(monitorId)}${rest}`
}
