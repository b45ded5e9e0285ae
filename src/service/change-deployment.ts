import type { Asked } from '#core/command'
import type { DeploymentCommand } from '#core/decide-deployment'
import type { Deployment } from '#core/deployment'
import { accept, refuse, type Result } from '#core/errors'
import type { DeploymentChangeAnswer } from '#wire/deployment'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

export function askedBy({ now }: ServiceInput, caller: Caller): Asked {
  return { actor: { kind: 'key', name: caller.key_name }, now: now().toISOString() }
}

const noDeployment = refuse('NOT_FOUND', 'There is no such deployment.', { suggestion: 'GET /v1/deployments/teams/{team_id} lists the deployments of your team.' })

/** The deployment, where it belongs to the caller's team. */
export async function ownDeployment({ deployments }: ServiceInput, caller: Pick<Caller, 'team_id'>, deploymentId: string): Promise<Result<Deployment>> {
  const deployment = await deployments.get(deploymentId)
  return deployment === undefined || deployment.team_id !== caller.team_id ? noDeployment : accept(deployment)
}

interface Change {
  readonly deploymentId: string
  readonly command: DeploymentCommand
}

/** Has a command done to a deployment of the caller's team. */
export async function changeDeployment(input: ServiceInput, caller: Caller, { deploymentId, command }: Change): Promise<Result<DeploymentChangeAnswer>> {
  const own = await ownDeployment(input, caller, deploymentId)
  if (!own.ok) return own
  const done = await input.deployments.execute(deploymentId, command, askedBy(input, caller))
  if (!done.ok) return done
  const { deployment_id, version_id } = done.value
  return accept({ deployment_id, version_id, status: statusOf(done.value) })
}

function statusOf({ deleted_at, stopped_at, active }: Deployment): DeploymentChangeAnswer['status'] {
  if (deleted_at !== null) return 'deleted'
  return stopped_at !== null ? 'stopped' : active ? 'active' : 'inactive'
}
