import { candidateEvidenceSchema, modelTrialSchema, type CandidateEvidenceAnswer, type ModelTrialAnswer, type TryModelBody } from '#wire/model-evidence'
import type { CallOptions, Transport } from './transport.ts'

/** What a training card rests on, and trials of other answers to it. */
export class Training {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  /** A trainer that the card compares, as it is and with the proposed directions. */
  candidate(runId: string, decisionId: string, { trainer, ...options }: CallOptions & { readonly trainer: string }): Promise<CandidateEvidenceAnswer> {
    const path = `${pathOf(runId)}/decisions/${encodeURIComponent(decisionId)}/models/${encodeURIComponent(trainer)}`
    return this.transport.json({ method: 'GET', path, answer: candidateEvidenceSchema, ...options })
  }

  /** Begins to measure what an answer would come to; the same answer again is the same trial. */
  tryModel(runId: string, body: TryModelBody, options: CallOptions = {}): Promise<ModelTrialAnswer> {
    return this.transport.json({ method: 'POST', path: `${pathOf(runId)}/trials`, json: body, answer: modelTrialSchema, ...options })
  }

  trial(runId: string, trialId: string, options: CallOptions = {}): Promise<ModelTrialAnswer> {
    return this.transport.json({ method: 'GET', path: trialPath(runId, trialId), answer: modelTrialSchema, ...options })
  }

  cancelTrial(runId: string, trialId: string, options: CallOptions = {}): Promise<ModelTrialAnswer> {
    return this.transport.json({ method: 'DELETE', path: trialPath(runId, trialId), answer: modelTrialSchema, ...options })
  }
}

function pathOf(runId: string): string {
  return `/v1/agentic/runs/${encodeURIComponent(runId)}`
}

function trialPath(runId: string, trialId: string): string {
  return `${pathOf(runId)}/trials/${encodeURIComponent(trialId)}`
}
