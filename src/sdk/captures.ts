import { captureAnswerSchema, deleteCapturedAnswerSchema, type CaptureAnswer, type DeleteCapturedAnswer, type SetCaptureInput } from '#wire/capture'
import type { CallOptions, Transport } from './transport.ts'

/** What deployments keep of the rows that they are asked to score. */
export class Captures {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  /** Keeps a bounded sample of raw rows from now on. */
  set(deploymentId: string, body: SetCaptureInput = {}, options: CallOptions = {}): Promise<CaptureAnswer> {
    return this.transport.json({ method: 'PUT', path: pathOf(deploymentId), json: body, answer: captureAnswerSchema, ...options })
  }

  get(deploymentId: string, options: CallOptions = {}): Promise<CaptureAnswer> {
    return this.transport.json({ method: 'GET', path: pathOf(deploymentId), answer: captureAnswerSchema, ...options })
  }

  /** Keeps no more; the rows stay until they are deleted. */
  end(deploymentId: string, options: CallOptions = {}): Promise<CaptureAnswer> {
    return this.transport.json({ method: 'DELETE', path: pathOf(deploymentId), answer: captureAnswerSchema, ...options })
  }

  deleteRows(deploymentId: string, options: CallOptions = {}): Promise<DeleteCapturedAnswer> {
    return this.transport.json({ method: 'DELETE', path: `${pathOf(deploymentId)}/rows`, answer: deleteCapturedAnswerSchema, ...options })
  }
}

function pathOf(deploymentId: string): string {
  return `/v1/deployments/${encodeURIComponent(deploymentId)}/capture`
}
