import { modelCache } from './deployed-model.ts'
import { linkedModels, type LinkedModel } from './linked-model.ts'
import type { ServiceInput } from './ports.ts'

/** Opened models by version, each with the preprocessor that is linked before it. */
export type ServingModels = (versionId: string) => Promise<LinkedModel | undefined>

export function servingModels(input: Pick<ServiceInput, 'blobs' | 'models' | 'data' | 'log' | 'preprocessors' | 'now'>): ServingModels {
  const cachedModel = modelCache(input)
  const linkedModel = linkedModels(input)
  return async (versionId) => {
    const model = await cachedModel(versionId)
    return model === undefined ? undefined : linkedModel(versionId, model)
  }
}
