import { tableSchema } from '#core/dataset'
import type { Deployment } from '#core/deployment'
import { accept, refuse, type Result } from '#core/errors'
import { isStarted } from '#core/run'
import type { DeployKeyRow, ModelVersionRow } from '#core/store-ports'
import { sampleRows } from '#phases/5-deploy/sample-rows'
import type { CreateDeployKeyAnswer, CreateDeployKeyBody, DeployKeyAnswer, DeploymentAnswer, DeploymentPayloadAnswer } from '#wire/deployment'
import { askedBy, changeDeployment, ownDeployment } from './change-deployment.ts'
import { openModel } from './deployed-model.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller, Deployments } from './signalbox.ts'
import { stopping, type Stopping } from './stops.ts'

export function openDeployments(input: ServiceInput): Deployments {
  return { ...lookingAt(input), ...changing(input), ...keysOf(input), ...stopping(input) }
}

type Looking = 'list' | 'payload'
type OfKeys = 'keys' | 'createKey' | 'revokeKey' | 'activeKeys'

function lookingAt(input: ServiceInput): Pick<Deployments, Looking> {
  return {
    async list(caller, teamId) {
      if (teamId !== caller.team_id) return unknownTeam()
      return accept((await input.deployments.list(teamId)).map(deploymentAnswer))
    },
    async payload(caller, deploymentId) {
      const own = await ownDeployment(input, caller, deploymentId)
      return own.ok ? payloadOf(input, own.value) : own
    },
  }
}

function changing(input: ServiceInput): Omit<Deployments, Looking | OfKeys | Stopping> {
  return {
    async create(caller, { model_version_id }) {
      const version = await ownVersion(input, caller, model_version_id)
      if (!version.ok) return version
      const { version_id, model_id } = version.value
      const made = { deployment_id: input.identity.newId(), team_id: caller.team_id, model_id, version_id }
      const { deployment_id, active } = await input.deployments.create(made, askedBy(input, caller))
      return accept({ deployment_id, active })
    },
    activate: (caller, deploymentId) => changeDeployment(input, caller, { deploymentId, command: { kind: 'activate' } }),
    deactivate: (caller, deploymentId) => changeDeployment(input, caller, { deploymentId, command: { kind: 'deactivate' } }),
    delete: (caller, deploymentId) => changeDeployment(input, caller, { deploymentId, command: { kind: 'delete' } }),
    async repoint(caller, deploymentId, { model_version_id }) {
      const version = await ownVersion(input, caller, model_version_id)
      if (!version.ok) return version
      const { version_id, model_id } = version.value
      return changeDeployment(input, caller, { deploymentId, command: { kind: 'repoint', version_id, model_id } })
    },
  }
}

function keysOf(input: ServiceInput): Pick<Deployments, OfKeys> {
  const { deployments } = input
  return {
    async keys(caller, deploymentId) {
      const own = await ownDeployment(input, caller, deploymentId)
      return own.ok ? accept((await deployments.keys(deploymentId)).map(keyAnswer)) : own
    },
    async createKey(caller, body) {
      const own = await ownDeployment(input, caller, body.deployment_id)
      return own.ok ? createKey(input, caller, body) : own
    },
    async revokeKey(caller, { deployment_id, key_id }) {
      const own = await ownDeployment(input, caller, deployment_id)
      if (!own.ok) return own
      const done = await deployments.revokeKey({ deployment_id, key_id }, askedBy(input, caller))
      return done.ok ? accept({ key_id, deployment_id, status: 'revoked' }) : done
    },
    async activeKeys(caller, teamId) {
      return teamId === caller.team_id ? accept(await deployments.activeKeys(teamId, input.now())) : unknownTeam()
    },
  }
}

function unknownTeam() {
  return refuse('NOT_FOUND', 'There is no such team for this key.')
}

/** The model version, where it belongs to the caller's team. */
export async function ownVersion({ models }: ServiceInput, caller: Caller, versionId: string): Promise<Result<ModelVersionRow>> {
  const version = await models.version(versionId)
  if (version !== undefined && version.run.team_id === caller.team_id) return accept(version)
  return refuse('NOT_FOUND', 'There is no such model version.', { suggestion: 'GET /v1/models/versions/{model_id} lists the versions of a model.' })
}

const millisecondsADay = 86_400_000
const defaultDays = 90

async function createKey(input: ServiceInput, caller: Caller, body: CreateDeployKeyBody): Promise<Result<CreateDeployKeyAnswer>> {
  const { identity, deployments, now } = input
  const { deployment_id, description, days_until_expiry } = body
  const deploy_key = identity.newId()
  const key_id = identity.newId()
  const expires_at = new Date(now().getTime() + (days_until_expiry ?? defaultDays) * millisecondsADay)
  const key = { deployment_id, key_id, secret_hash: identity.sha256(deploy_key), description: description ?? '', expires_at }
  const done = await deployments.addKey(key, askedBy(input, caller))
  return done.ok ? accept({ deploy_key, key_id, deployment_id, expires: expires_at.toISOString() }) : done
}

function keyAnswer({ key_id, deployment_id, description, created_by, created_at, expires_at, revoked_at }: DeployKeyRow): DeployKeyAnswer {
  return { key_id, deployment_id, description, created_by, created: created_at.toISOString(), expires: expires_at.toISOString(), revoked: revoked_at !== null }
}

function deploymentAnswer(deployment: Deployment): DeploymentAnswer {
  const { deployment_id, model_id, version_id, run_id, active, threshold, stopped_at, stopped_by, fallback, created_by, created_at } = deployment
  return { deployment_id, model_id, version_id, run_id, active, threshold, stopped_at, stopped_by, fallback, created_by, created: created_at }
}

/** The first rows of the table that the version was made from. */
export async function payloadOf(input: ServiceInput, { version_id }: Deployment): Promise<Result<DeploymentPayloadAnswer>> {
  const version = await input.models.version(version_id)
  if (version === undefined || !isStarted(version.run)) return refuse('NOT_FOUND', 'The model version of this deployment is gone.')
  const linked = await input.preprocessors.linkedTo(version_id)
  const { scorer } = await openModel(input, version)
  // Rows for a model with a preprocessor before it are those that the preprocessor takes.
  if (linked?.fit != null) return accept(linked.fit.sample.map((row) => withoutColumn(row, scorer.document.label)))
  const table = tableSchema.parse(await input.blobs.get(version.run.dataset))
  const { reads } = scorer.document.pipeline
  return accept(await sampleRows({ data: input.data, table, reads, signal: new AbortController().signal }))
}

function withoutColumn<Value>(row: Readonly<Record<string, Value>>, column: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== column))
}
