import {
  deleteReportAnswerSchema,
  reportJobAnswerSchema,
  reportSignaturesAnswerSchema,
  reportWizardAnswerSchema,
  type DeleteReportAnswer,
  type ReportFormat,
  type ReportJobAnswer,
  type ReportSignaturesAnswer,
  type ReportWizardAnswer,
  type ReportWizardBody,
  type SignReportBody,
} from '#wire/report'
import type { CallOptions, Transport } from './transport.ts'

export interface ReportOptions extends CallOptions {
  /** HTML where it is not said. */
  readonly format?: ReportFormat
}

/** Reports of runs. */
export class Reports {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  /** The report as the text of one file. */
  async get(reportId: string, { format = 'html', ...options }: ReportOptions = {}): Promise<string> {
    const stream = await this.transport.stream({ method: 'GET', path: pathOf(reportId), query: { format }, ...options })
    return new Response(stream).text()
  }

  /** The report of a run as it would read if it were written now, as HTML. */
  async preview(runId: string, query: { readonly choice_index?: number; readonly title?: string; readonly sections?: string; readonly max_features?: number } = {}, options: CallOptions = {}): Promise<string> {
    const stream = await this.transport.stream({ method: 'GET', path: `/v1/agentic/runs/${encodeURIComponent(runId)}/report-preview`, query, ...options })
    return new Response(stream).text()
  }

  delete(reportId: string, options: CallOptions = {}): Promise<DeleteReportAnswer> {
    return this.transport.json({ method: 'DELETE', path: pathOf(reportId), answer: deleteReportAnswerSchema, ...options })
  }

  /** Signs it with the name of the key; sent again after a broken connection it is still one signature. */
  sign(reportId: string, body: SignReportBody, options: CallOptions = {}): Promise<ReportSignaturesAnswer> {
    const idempotencyKey = globalThis.crypto.randomUUID()
    return this.transport.json({ method: 'POST', path: `${pathOf(reportId)}/sign`, json: body, idempotencyKey, answer: reportSignaturesAnswerSchema, ...options })
  }

  /** The SHA-256 of its files, and who signed it. */
  signatures(reportId: string, options: CallOptions = {}): Promise<ReportSignaturesAnswer> {
    return this.transport.json({ method: 'GET', path: `${pathOf(reportId)}/signatures`, answer: reportSignaturesAnswerSchema, ...options })
  }

  /** Makes a further report of a completed run in the background; sent again after a broken connection it still makes one. */
  make(body: ReportWizardBody, options: CallOptions = {}): Promise<ReportWizardAnswer> {
    const idempotencyKey = globalThis.crypto.randomUUID()
    return this.transport.json({ method: 'POST', path: '/v1/reports/wizard', json: body, idempotencyKey, answer: reportWizardAnswerSchema, ...options })
  }

  /** How far it is. */
  getJob(jobId: string, options: CallOptions = {}): Promise<ReportJobAnswer> {
    return this.transport.json({ method: 'GET', path: `/v1/reports/wizard/jobs/${encodeURIComponent(jobId)}`, answer: reportJobAnswerSchema, ...options })
  }
}

function pathOf(reportId: string): string {
  return `/v1/reports/${encodeURIComponent(reportId)}`
}
