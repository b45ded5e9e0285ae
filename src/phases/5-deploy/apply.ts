import { accept, type Result, refuse } from '#core/errors'
import type { Deployed } from '#core/outcomes'
import type { Applied, Facts, Tools } from '#phases/phase'
import { readDeployFacts } from './deploy-facts.ts'
import { sampleRows } from './sample-rows.ts'
import type { DeployDecision } from './schema.ts'

/** Asks to publish the deployment that was decided; none marks the version as rejected. */
export async function apply(facts: Facts, decision: DeployDecision, tools: Tools): Promise<Result<Applied<Deployed>>> {
  const { trained, scorer } = await readDeployFacts(facts, tools)
  const { deployment, threshold, evaluation } = decision
  if (threshold !== null && trained.task !== 'binary') {
    return refuse('DECISION_STALE', 'The decision gives a threshold, but the model has none.')
  }
  const { model } = trained
  const outcome: Deployed = { deployment, version: deployment === 'none' ? 'rejected' : 'approved', model, threshold, evaluation }
  if (deployment === 'none') return accept({ outcome, publishes: [] })
  const active = deployment === 'active'
  const sample = await sampleRows({ data: tools.data, table: facts.table, reads: scorer.document.pipeline.reads, signal: tools.signal })
  const content = await tools.blobs.put({ model, threshold, active, sample })
  tools.progress(1, active ? 'Model deployed' : 'Model deployed, not answering yet')
  return accept({ outcome, publishes: [{ kind: 'deployment', content, deployment: { active, threshold } }] })
}
