import { featuredSchema, type Labelled, labelledSchema, type Trained, trainedSchema } from '#core/outcomes'
import { orThrow } from '#core/errors'
import { readScorer, type Scorer } from '#scoring/scorer'
import type { Facts, Tools } from '#phases/phase'

/** What this phase judges: the labelled rows, the outcome of training, and the model as it would answer. */
export interface DeployFacts {
  readonly labelled: Labelled
  readonly trained: Trained
  readonly scorer: Scorer
}

export async function readDeployFacts(facts: Facts, { blobs }: Pick<Tools, 'blobs'>): Promise<DeployFacts> {
  const trained = trainedSchema.parse(facts.outcomes.model_training)
  return { labelled: readLabelled(facts), trained, scorer: orThrow(readScorer(await blobs.get(trained.model))) }
}

/** The label decision, with the added features where that phase was not skipped. */
function readLabelled(facts: Facts): Labelled {
  const featured = facts.outcomes.feature_engineering ?? null
  if (featured === null) return labelledSchema.parse(facts.outcomes.label_selection)
  const { added: _added, state: _state, ...labelled } = featuredSchema.parse(featured)
  return labelled
}
