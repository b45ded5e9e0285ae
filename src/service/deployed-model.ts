import { trainedSchema, type Trained } from '#core/outcomes'
import { orThrow } from '#core/errors'
import type { ModelVersionRow } from '#core/store-ports'
import { rowReader } from '#scoring/row-reader'
import { readScorer, type Scorer } from '#scoring/scorer'
import type { ServiceInput } from './ports.ts'

/** A model version that is ready to score. */
export interface DeployedModel {
  readonly scorer: Scorer
  readonly readRow: ReturnType<typeof rowReader>
}

/** The outcome of training that a version was published with. */
export async function trainedVersion({ blobs }: Pick<ServiceInput, 'blobs'>, version: ModelVersionRow): Promise<Trained> {
  return trainedSchema.parse(await blobs.get(version.content))
}

export async function openModel(input: Pick<ServiceInput, 'blobs'>, version: ModelVersionRow): Promise<DeployedModel> {
  const { model } = await trainedVersion(input, version)
  const scorer = orThrow(readScorer(await input.blobs.get(model)))
  return { scorer, readRow: rowReader(scorer.document) }
}

/** Most opened models that are kept in memory. */
const mostModels = 64

/** Opens each model once; a version never changes, so what is open stays right. */
export function modelCache(input: Pick<ServiceInput, 'blobs' | 'models'>): (versionId: string) => Promise<DeployedModel | undefined> {
  const opened = new Map<string, Promise<DeployedModel | undefined>>()
  const open = async (versionId: string) => {
    const version = await input.models.version(versionId)
    return version === undefined ? undefined : openModel(input, version)
  }
  return function cachedModel(versionId) {
    const known = opened.get(versionId)
    if (known !== undefined) return known
    const opening = open(versionId)
    opened.set(versionId, opening)
    const forget = () => void (opened.get(versionId) === opening && opened.delete(versionId))
    opening.then((model) => (model === undefined ? forget() : undefined), forget)
    const [oldest] = opened.keys()
    if (opened.size > mostModels && oldest !== undefined) opened.delete(oldest)
    return opening
  }
}
