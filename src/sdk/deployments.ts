import type { z } from 'zod'
import {
  activeKeysAnswerSchema,
  createDeployKeyAnswerSchema,
  createDeploymentAnswerSchema,
  deployKeyListAnswerSchema,
  deploymentChangeAnswerSchema,
  deploymentListAnswerSchema,
  deploymentPayloadAnswerSchema,
  revokeDeployKeyAnswerSchema,
  type CreateDeployKeyAnswer,
  type CreateDeployKeyInput,
  type CreateDeploymentAnswer,
  type DeployKeyListAnswer,
  type DeploymentChangeAnswer,
  type DeploymentListAnswer,
  type DeploymentPayloadAnswer,
  type RevokeDeployKeyAnswer,
} from '#wire/deployment'
import { deploymentFormAnswerSchema, type DeploymentFormAnswer, type TryDeploymentInput } from '#wire/deployment-trial'
import { predictionsAnswerSchema, type PredictionsAnswer } from '#wire/prediction'
import { stopsAnswerSchema, type StopsAnswer } from '#wire/stop'
import type { CallOptions, Transport } from './transport.ts'

/** Deployments of model versions, and the keys with which they are asked for predictions. */
export class Deployments {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  list(teamId: string, options: CallOptions = {}): Promise<DeploymentListAnswer> {
    return this.get(`/teams/${encodeURIComponent(teamId)}`, deploymentListAnswerSchema, options)
  }

  /** Makes a deployment that does not answer yet, or returns the one that the version has. */
  create(modelVersionId: string, options: CallOptions = {}): Promise<CreateDeploymentAnswer> {
    const json = { model_version_id: modelVersionId }
    return this.transport.json({ method: 'POST', path: '/v1/deployments/create', json, answer: createDeploymentAnswerSchema, ...options })
  }

  activate(deploymentId: string, options: CallOptions = {}): Promise<DeploymentChangeAnswer> {
    return this.transport.json({ method: 'PATCH', path: pathOf(deploymentId, '/activate'), answer: deploymentChangeAnswerSchema, ...options })
  }

  deactivate(deploymentId: string, options: CallOptions = {}): Promise<DeploymentChangeAnswer> {
    return this.transport.json({ method: 'PATCH', path: pathOf(deploymentId, '/deactivate'), answer: deploymentChangeAnswerSchema, ...options })
  }

  /** Lets it answer with another version of its model. */
  repoint(deploymentId: string, modelVersionId: string, options: CallOptions = {}): Promise<DeploymentChangeAnswer> {
    const json = { model_version_id: modelVersionId }
    return this.transport.json({ method: 'PATCH', path: pathOf(deploymentId, '/version'), json, answer: deploymentChangeAnswerSchema, ...options })
  }

  delete(deploymentId: string, options: CallOptions = {}): Promise<DeploymentChangeAnswer> {
    return this.transport.json({ method: 'DELETE', path: pathOf(deploymentId), answer: deploymentChangeAnswerSchema, ...options })
  }

  /** Stops it: its fallback is answered, or nothing. */
  stop(deploymentId: string, reason?: string, options: CallOptions = {}): Promise<DeploymentChangeAnswer> {
    return this.transport.json({ method: 'POST', path: pathOf(deploymentId, '/stop'), json: { reason }, answer: deploymentChangeAnswerSchema, ...options })
  }

  resume(deploymentId: string, reason?: string, options: CallOptions = {}): Promise<DeploymentChangeAnswer> {
    return this.transport.json({ method: 'POST', path: pathOf(deploymentId, '/resume'), json: { reason }, answer: deploymentChangeAnswerSchema, ...options })
  }

  /** What is answered while it is stopped: a class, a number, or null for a refusal. */
  setFallback(deploymentId: string, fallback: string | number | null, options: CallOptions = {}): Promise<DeploymentChangeAnswer> {
    return this.transport.json({ method: 'PATCH', path: pathOf(deploymentId, '/fallback'), json: { fallback }, answer: deploymentChangeAnswerSchema, ...options })
  }

  /** Stops everything of the team. */
  stopAll(reason?: string, options: CallOptions = {}): Promise<StopsAnswer> {
    return this.transport.json({ method: 'POST', path: '/v1/deployments/stop-all', json: { reason }, answer: stopsAnswerSchema, ...options })
  }

  resumeAll(reason?: string, options: CallOptions = {}): Promise<StopsAnswer> {
    return this.transport.json({ method: 'POST', path: '/v1/deployments/resume-all', json: { reason }, answer: stopsAnswerSchema, ...options })
  }

  /** Whether everything is stopped, and every press of a stop button. */
  stops(options: CallOptions = {}): Promise<StopsAnswer> {
    return this.get('/stops', stopsAnswerSchema, options)
  }

  /** Makes a key; the answer is the only place where it is shown. */
  createDeployKey(body: CreateDeployKeyInput, options: CallOptions = {}): Promise<CreateDeployKeyAnswer> {
    return this.transport.json({ method: 'PUT', path: '/v1/deployments/create-deploy-key', json: body, answer: createDeployKeyAnswerSchema, ...options })
  }

  deployKeys(deploymentId: string, options: CallOptions = {}): Promise<DeployKeyListAnswer> {
    return this.get(`/${encodeURIComponent(deploymentId)}`, deployKeyListAnswerSchema, options)
  }

  revokeDeployKey(key: { deployment_id: string; key_id: string }, options: CallOptions = {}): Promise<RevokeDeployKeyAnswer> {
    return this.transport.json({ method: 'PATCH', path: '/v1/deployments/revoke-key', json: key, answer: revokeDeployKeyAnswerSchema, ...options })
  }

  /** How many keys of the team's deployments are live. */
  activeKeys(teamId: string, options: CallOptions = {}): Promise<number> {
    return this.get(`/teams/${encodeURIComponent(teamId)}/active-keys`, activeKeysAnswerSchema, options)
  }

  /** Some raw rows without the label, which predict accepts as they are. */
  payload(deploymentId: string, options: CallOptions = {}): Promise<DeploymentPayloadAnswer> {
    return this.get(`/${encodeURIComponent(deploymentId)}/payload`, deploymentPayloadAnswerSchema, options)
  }

  /** The columns of a row with their ranges and levels, and rows to begin with. */
  form(deploymentId: string, options: CallOptions = {}): Promise<DeploymentFormAnswer> {
    return this.get(`/${encodeURIComponent(deploymentId)}/form`, deploymentFormAnswerSchema, options)
  }

  /** Predicts a few rows with the client's own key, also while the deployment rests. */
  try(deploymentId: string, body: TryDeploymentInput, options: CallOptions = {}): Promise<PredictionsAnswer> {
    return this.transport.json({ method: 'POST', path: pathOf(deploymentId, '/try'), json: body, answer: predictionsAnswerSchema, ...options })
  }

  private get<T>(rest: string, answer: z.ZodType<T>, options: CallOptions): Promise<T> {
    return this.transport.json({ method: 'GET', path: `/v1/deployments${rest}`, answer, ...options })
  }
}

function pathOf(deploymentId: string, rest = ''): string {
  return `/v1/deployments/${encodeURIComponent(deploymentId)}${rest}`
}
