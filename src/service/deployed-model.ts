import { trainedSchema, type Trained } from '#core/outcomes'
import { orThrow } from '#core/errors'
import type { ModelVersionRow } from '#core/store-ports'
import { openRawScorer, type RawScorer } from '#scoring/raw-scorer'
import type { ScorerDocument } from '#scoring/scorer-schema'
import { readScorer, type Scorer } from '#scoring/scorer'
import type { ServiceInput } from './ports.ts'
import { trainingRanges } from './training-ranges.ts'

/** A model version with its scorer. */
export interface DeployedModel {
  readonly scorer: Scorer
}

/** The outcome of training that a version was published with. */
export async function trainedVersion({ blobs }: Pick<ServiceInput, 'blobs'>, version: ModelVersionRow): Promise<Trained> {
  return trainedSchema.parse(await blobs.get(version.content))
}

export async function openModel(input: Pick<ServiceInput, 'blobs'>, version: ModelVersionRow): Promise<DeployedModel> {
  const { model } = await trainedVersion(input, version)
  return { scorer: orThrow(readScorer(await input.blobs.get(model))) }
}

/** A model that scores raw rows as they come. */
export interface ServingModel {
  readonly document: ScorerDocument
  readonly scorer: RawScorer
}

/** A range that cannot be asked for is not told of; the model scores all the same. */
async function openServing(input: ServingNeeds, version: ModelVersionRow): Promise<ServingModel> {
  const { scorer } = await openModel(input, version)
  const ranges = await trainingRanges(input, version, scorer.document).catch((error: unknown) => {
    input.log('the ranges of the training rows could not be read', error)
    return new Map()
  })
  return { document: scorer.document, scorer: orThrow(openRawScorer(scorer.document, ranges)) }
}

type ServingNeeds = Pick<ServiceInput, 'blobs' | 'models' | 'data' | 'log'>

/** Most opened models that are kept in memory. */
const mostModels = 64

/** Opens each model once; a version never changes, so what is open stays right. */
export function modelCache(input: ServingNeeds): (versionId: string) => Promise<ServingModel | undefined> {
  const opened = new Map<string, Promise<ServingModel | undefined>>()
  const open = async (versionId: string) => {
    const version = await input.models.version(versionId)
    return version === undefined ? undefined : openServing(input, version)
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
