import type { Deployment } from '#core/deployment'
import { accept, refuse, type Result } from '#core/errors'
import { readCsvRows } from './csv-rows.ts'
import { keyCache } from './key-cache.ts'
import type { ServiceInput } from './ports.ts'
import { servingModels } from './serving-models.ts'
import { answerAll, scoreRows, type ScoredParts, type ScoreRequest } from './score-rows.ts'
import type { OpenedDeployment, Predictions } from './signalbox.ts'

/** Prediction: key, deployment and opened model come from memory, and rows are scored one by one. */
export function openPredictions(input: ServiceInput): Predictions {
  const keys = keyCache(input)
  const modelOf = servingModels(input)
  const { pause } = input
  input.onDeploymentChange((deploymentId) => keys.forget(deploymentId))

  async function openVersion({ deployment_id, version_id, threshold }: Deployment): Promise<Result<OpenedDeployment>> {
    const model = await modelOf(version_id)
    if (model === undefined) return refuse('NOT_FOUND', 'The model version of this deployment is gone.')
    return accept({
      deployment_id,
      async predict(request: ScoreRequest) {
        const scored = scoreRows({ model, pause }, { ...request, threshold: request.threshold ?? threshold })
        const captured = scored.ok ? input.capture({ deployment_id, version_id, rows: request.rows }) : undefined
        if (captured !== undefined) await captured
        return scored
      },
    })
  }

  /** While it is stopped no model is asked. */
  function openStopped({ deployment_id, fallback }: Deployment, team: boolean): Result<OpenedDeployment> {
    if (fallback === null) return stopped(deployment_id, team)
    return accept({ deployment_id, predict: async ({ rows }: ScoreRequest) => answerAll(rows, fallback, pause) })
  }

  return {
    async open(deployKey) {
      const found = await keys.find(input.identity.sha256(deployKey))
      if (found === undefined) return unauthenticated('is not known')
      const { key, deployment, team_stopped } = found
      if (key.revoked_at !== null) return unauthenticated('was revoked')
      if (key.expires_at <= input.now()) return unauthenticated('has expired')
      if (!deployment.active) return inactive(deployment.deployment_id)
      if (deployment.stopped_at !== null || team_stopped) return openStopped(deployment, team_stopped)
      return openVersion(deployment)
    },
    async predictCsv(caller, versionId, { csv, ...request }) {
      const version = await input.models.version(versionId)
      if (version === undefined || version.run.team_id !== caller.team_id) return refuse('NOT_FOUND', 'There is no such model version.')
      const all = (await input.deployments.list(caller.team_id)).filter((deployment) => deployment.version_id === versionId)
      const deployment = all.find(({ active }) => active) ?? all[0]
      if (deployment === undefined) return refuse('VERSION_NOT_DEPLOYED', `The model version ${versionId} has no deployment.`)
      if (!deployment.active) return inactive(deployment.deployment_id)
      const model = await modelOf(versionId)
      if (model === undefined) return refuse('NOT_FOUND', 'There is no such model version.')
      const rows = await readCsvRows(csv, { known: model.reads, pause })
      if (!rows.ok) return rows
      const team = (await input.stops.ofTeam(caller.team_id)) !== null
      if (deployment.stopped_at !== null || team) {
        const { fallback } = deployment
        return fallback === null ? stopped(deployment.deployment_id, team) : answeredOf(deployment, answerAll(rows.value, fallback, pause))
      }
      const scored = scoreRows({ model, pause }, { ...request, rows: rows.value, threshold: request.threshold ?? deployment.threshold })
      if (scored.ok) await input.capture({ deployment_id: deployment.deployment_id, version_id: versionId, rows: rows.value })
      return answeredOf(deployment, scored)
    },
  }
}

function answeredOf({ deployment_id }: Deployment, scored: Result<ScoredParts>) {
  return scored.ok ? accept({ deployment_id, answers: scored.value }) : scored
}

function unauthenticated(why: string) {
  const suggestion = 'PUT /v1/deployments/create-deploy-key makes a deploy key; send it in the header "api_key".'
  return refuse('UNAUTHENTICATED', `This deploy key ${why}.`, { suggestion })
}

function inactive(deploymentId: string) {
  return refuse('DEPLOYMENT_INACTIVE', `The deployment ${deploymentId} is not active.`)
}

function stopped(deploymentId: string, team: boolean) {
  return refuse('DEPLOYMENT_STOPPED', team ? 'Everything of this team is stopped, and this deployment has no fallback answer.' : `The deployment ${deploymentId} is stopped and has no fallback answer.`)
}
