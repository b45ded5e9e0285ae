import { accept, refuse, type Result } from '#core/errors'
import type { Deployments, Models, Predictions } from '#service/signalbox'

const at = '2026-01-02T03:04:05.000Z'
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const known = <T>(given: string, value: T): Result<T> =>
  given === id(7) ? accept(value) : refuse('NOT_FOUND', 'There is no such thing.')

/** The deploy key that the fake knows. */
export const deployKey = '00000000-0000-4000-8000-0000000000dd'

/** Models in memory: one, with the id of number 7, as its version has. */
export function fakeModels(): Models {
  const model = {
    model_id: id(7),
    model_name: 'm',
    model_description: '',
    model_type: 'regression' as const,
    target_name: 'y',
    algorithm: 'linear',
    created: at,
    deployment_id: null,
    active_version: null,
    deployed: false,
    number_of_versions: 1,
  }
  return {
    list: async () => accept([model]),
    read: async (_caller, modelId) => known(modelId, model),
    versions: async (_caller, modelId) => known(modelId, []),
    partitions: async (_caller, versionId) => known(versionId === 'latest' ? id(7) : versionId, { version_id: id(7), partitions: [] }),
    shapes: async (_caller, versionId) => known(versionId, { version_id: versionId, link: 'identity' as const, classes: null, intercepts: [0], shapes_are: 'terms' as const, shapes: [] }),
    profile: async (_caller, versionId) => known(versionId, { version_id: id(7), link: 'identity', intercepts: [1], terms: [] }),
    evaluation: async (_caller, partitionId) => known(partitionId, { task: 'regression' }),
    featureInfo: async (_caller, versionId) => known(versionId, { version_id: id(7), target_name: 'y', raw_columns: [], features: [], pairs: [] }),
  }
}

/** Deployments in memory: one, with the id of number 7. */
export function fakeDeployments(): Deployments {
  const changed = (status: 'active' | 'inactive' | 'deleted') => async (_caller: unknown, deploymentId: string) =>
    known(deploymentId, { deployment_id: id(7), version_id: id(7), status })
  return {
    list: async () => accept([]),
    create: async (_caller, { model_version_id }) => known(model_version_id, { deployment_id: id(7), active: false }),
    activate: changed('active'),
    deactivate: changed('inactive'),
    repoint: changed('inactive'),
    delete: changed('deleted'),
    keys: async (_caller, deploymentId) => known(deploymentId, []),
    createKey: async (_caller, { deployment_id }) =>
      known(deployment_id, { deploy_key: deployKey, key_id: id(8), deployment_id, expires: at }),
    revokeKey: async (_caller, { deployment_id, key_id }) => known(deployment_id, { deployment_id, key_id, status: 'revoked' }),
    activeKeys: async () => accept(3),
    payload: async (_caller, deploymentId) => known(deploymentId, [{ a: 1, b: null }]),
  }
}

/** Predicts the place of each row. */
export function fakePredictions(): Predictions {
  async function* parts(rows: readonly unknown[]) {
    yield rows.map((_, index) => ({ index, partition: '__dataset__', score: index, pred: index }))
  }
  return {
    open: async (secret) =>
      secret === deployKey
        ? accept({ predict: async ({ rows }) => accept(parts(rows)) })
        : refuse('UNAUTHENTICATED', 'The deploy key is not known.'),
    predictCsv: async (_caller, versionId, { csv }) => known(versionId, parts(csv.trim().split('\n').slice(1))),
  }
}
