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
import { checkMonitorAnswerSchema, type CheckMonitorAnswer } from '#wire/monitor-check'
import { fileForm, type FileBytes } from './file-form.ts'
import type { CallOptions, Transport } from './transport.ts'

type Row = Readonly<Record<string, unknown>>

export interface CheckFileOptions extends CallOptions {
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
  check(monitorId: string, rows: readonly Row[], options: CallOptions = {}): Promise<CheckMonitorAnswer> {
    return this.transport.json({ method: 'POST', path: pathOf(monitorId, '/check'), json: { rows }, answer: checkMonitorAnswerSchema, ...options })
  }

  /** The same for the rows of a CSV file. */
  checkFile(monitorId: string, file: FileBytes, { fileName = 'rows.csv', ...options }: CheckFileOptions = {}): Promise<CheckMonitorAnswer> {
    const form = fileForm({ file, fileName, fields: {} })
    return this.transport.json({ method: 'POST', path: pathOf(monitorId, '/check'), form, answer: checkMonitorAnswerSchema, ...options })
  }

  /** Checks that were made, newest first. */
  checks(monitorId: string, query: { readonly limit?: number } = {}, options: CallOptions = {}): Promise<MonitorChecksAnswer> {
    return this.transport.json({ method: 'GET', path: pathOf(monitorId, '/checks'), query, answer: monitorChecksAnswerSchema, ...options })
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

  private read<T>(path: string, answer: z.ZodType<T>, options: CallOptions): Promise<T> {
    return this.transport.json({ method: 'GET', path, answer, ...options })
  }
}

function pathOf(monitorId: string, rest = ''): string {
  return `/v1/monitors/${encodeURIComponent(monitorId)}${rest}`
}
