import { accept, refuse } from '#core/errors'
import { ownDeployment } from './change-deployment.ts'
import { columnFieldsCache, formOf } from './deployment-form.ts'
import type { ServiceInput } from './ports.ts'
import { scoreRows } from './score-rows.ts'
import { servingModels } from './serving-models.ts'
import type { Trials } from './signalbox.ts'

/** What a person tries before anybody calls: it needs no deploy key, works while the deployment rests, and is counted and kept nowhere. */
export function openTrials(input: ServiceInput): Trials {
  const modelOf = servingModels(input)
  const columnFields = columnFieldsCache(input)
  return {
    async form(caller, deploymentId) {
      const own = await ownDeployment(input, caller, deploymentId)
      return own.ok ? formOf(input, own.value, columnFields) : own
    },
    async predict(caller, deploymentId, { rows, threshold, show_breakdown }) {
      const own = await ownDeployment(input, caller, deploymentId)
      if (!own.ok) return own
      const model = await modelOf(own.value.version_id)
      if (model === undefined) return refuse('NOT_FOUND', 'The model version of this deployment is gone.')
      const asked = { rows, threshold: threshold ?? own.value.threshold, show_breakdown: show_breakdown ?? true }
      const scored = await scoreRows({ model, pause: input.pause }, asked)
      return scored.ok ? accept((await Array.fromAsync(scored.value)).flat()) : scored
    },
  }
}
