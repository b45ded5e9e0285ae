import type { Asked } from './command.ts'
import type { Deployment, NewDeploymentEvent } from './deployment.ts'
import { accept, refuse, type Result } from './errors.ts'
import type { Hash } from './hash.ts'

/** Everything that may be asked of a deployment once it is there. */
export type DeploymentCommand =
  | { readonly kind: 'activate' }
  | { readonly kind: 'deactivate' }
  | { readonly kind: 'repoint'; readonly version_id: string; readonly model_id: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'stop' | 'resume'; readonly reason: Hash | null }
  | { readonly kind: 'set-fallback'; readonly fallback: string | number | null }
  | { readonly kind: 'add-key'; readonly key_id: string; readonly expires_at: string }
  | { readonly kind: 'revoke-key'; readonly key_id: string; readonly known: boolean; readonly revoked: boolean }

/** The events that a command leads to, none where it was already so, or a refusal. Pure. */
export function decideDeployment(
  deployment: Deployment | null,
  command: DeploymentCommand,
  { actor, now: at }: Asked,
): Result<NewDeploymentEvent[]> {
  if (deployment === null || deployment.deleted_at !== null) return refuse('NOT_FOUND', 'There is no such deployment.')
  switch (command.kind) {
    case 'activate':
      if (deployment.active) return accept([])
      return accept([{ type: 'deployment-activated', actor, at, payload: { version_id: deployment.version_id } }])
    case 'deactivate':
      return accept(deployment.active ? [{ type: 'deployment-deactivated', actor, at, payload: {} }] : [])
    case 'repoint':
      return decideRepoint(deployment, command, { actor, now: at })
    case 'stop':
      return accept(deployment.stopped_at === null ? [{ type: 'deployment-stopped', actor, at, payload: { reason: command.reason } }] : [])
    case 'resume':
      return accept(deployment.stopped_at === null ? [] : [{ type: 'deployment-resumed', actor, at, payload: { reason: command.reason } }])
    case 'set-fallback':
      return accept(deployment.fallback === command.fallback ? [] : [{ type: 'deployment-fallback-set', actor, at, payload: { fallback: command.fallback } }])
    case 'delete':
      return accept([{ type: 'deployment-deleted', actor, at, payload: {} }])
    case 'add-key': {
      const { key_id, expires_at } = command
      return accept([{ type: 'deploy-key-added', actor, at, payload: { key_id, expires_at } }])
    }
    case 'revoke-key':
      if (!command.known) return refuse('NOT_FOUND', 'This deployment has no such key.')
      return accept(command.revoked ? [] : [{ type: 'deploy-key-revoked', actor, at, payload: { key_id: command.key_id } }])
  }
}

function decideRepoint(
  deployment: Deployment,
  { version_id, model_id }: Extract<DeploymentCommand, { kind: 'repoint' }>,
  { actor, now }: Asked,
): Result<NewDeploymentEvent[]> {
  if (model_id !== deployment.model_id) {
    const message = `The version ${version_id} belongs to the model ${model_id}; this deployment is of the model ${deployment.model_id}.`
    return refuse('VERSION_OF_OTHER_MODEL', message)
  }
  if (version_id === deployment.version_id) return accept([])
  // A threshold was chosen for the probabilities of one version; the next one brings its own.
  return accept([{ type: 'deployment-repointed', actor, at: now, payload: { version_id, threshold: null } }])
}
