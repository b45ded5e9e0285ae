import { connectAnswerSchema, type ConnectAnswer } from '#wire/access'
import { Agentic } from './agentic.ts'
import { SignalboxApiError } from './api-error.ts'
import { Autotrain } from './autotrain.ts'
import { Datasets } from './datasets.ts'
import { Transport, type CallOptions, type Connection } from './transport.ts'

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
  readonly autotrain: Autotrain
  private readonly transport: Transport

  constructor(connection: Connection) {
    this.transport = new Transport(connection)
    this.agentic = new Agentic(this.transport)
    this.datasets = new Datasets(this.transport)
    this.autotrain = new Autotrain(this.transport)
  }

  /** Whose key this is. */
  connect(options: CallOptions = {}): Promise<ConnectAnswer> {
    return this.transport.json({ method: 'GET', path: '/v1/connect', answer: connectAnswerSchema, ...options })
  }
}

export { SignalboxApiError }
export type { DatasetAnswer, PreviewAnswer, UploadDatasetAnswer } from '#wire/dataset'
export type { DatasetSummaryAnswer } from '#wire/dataset-summary'
export type { EvidenceAnswer, OptionAnswer, PendingDecision } from '#wire/pending-decision'
export type { PhaseStatusAnswer } from '#wire/phase-status'
export type { RunStateAnswer } from '#wire/run-state'
export type { StartRunInput } from '#wire/start-run'
export type { SubmitDecisionBody } from '#wire/submit-decision'
export type { FileBytes } from './file-form.ts'
export type { CallOptions, Connection } from './transport.ts'
export type { WaitOptions, WaitResult } from './wait-for-decision.ts'
