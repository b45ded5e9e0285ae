import { accept, refuse, type Result } from '#core/errors'
import type { ModelExports } from '#service/model-exports-facade'
import type { Deployments, Models, Predictions, Registry, Scoring, Trials, WhatIf } from '#service/signalbox'

const at = '2026-01-02T03:04:05.000Z'
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const known = <T>(given: string, value: T): Result<T> =>
  given === id(7) ? accept(value) : refuse('NOT_FOUND', 'There is no such thing.')

const unstopped = { stopped: false, stopped_at: null, stopped_by: null, presses: [] }

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
    champion_version: null,
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

/** Exports of the version with the id of number 7. */
export function fakeExports(): ModelExports {
  return {
    list: async (_caller, versionId) => known(versionId, { version_id: id(7), formats: [] }),
    read: async (_caller, versionId, { format }) => known(versionId, { file_name: `model.${format}`, content_type: 'text/plain; charset=utf-8', content: 'model', takes: 'raw_rows' as const, checked: { rows: 3, largest_difference: 0, different_predictions: 0 } }),
  }
}

/** Trials of the deployment with the id of number 7. */
export function fakeTrials(): Trials {
  const form = {
    deployment_id: id(7), model_id: id(7), version_id: id(7), run_id: null, model_name: 'm', label: 'y', task: 'regression' as const, classes: [], positive: null,
    link: 'identity', trainer: 'Linear', threshold: null, calibration: null, active: false, stopped: false, created_by: 'owner', created: at, fields: [], rows: [{}],
  }
  return {
    form: async (_caller, deploymentId) => known(deploymentId, form),
    predict: async (_caller, deploymentId, { rows }) => known(deploymentId, rows.map((_row, index) => ({ index, partition: '__dataset__', score: 1, pred: 1 }))),
  }
}

/** A model whose only version is a challenger. */
export function fakeRegistry(): Registry {
  const comparison = { text: 't', same_model: false, rows: 0, resamples: 0, looks: 1, metrics: {}, notes: [] }
  return {
    train: async () => accept({ model_id: id(7), version_id: id(7), run_id: id(7), train_metrics: {}, test_metrics: {}, feature_importances: {}, n_train: 1, n_test: 1, warnings: [] }),
    decide: async (_caller, versionId) => known(versionId, { model_id: id(7), version_id: id(7), role: 'challenger', champion_version: null }),
    live: async (_caller, modelId, moment) => known(modelId, { model_id: id(7), at: moment ?? at, text: 't', live: [], champion: null }),
    history: async (_caller, modelId) => known(modelId, []),
    lineage: async (_caller, versionId) =>
      known(versionId, { version_id: id(7), model_id: id(7), model_hash: 'a', run_id: id(7), parent_run_id: null, dataset: { dataset_id: id(7), content_hash: 'a', rows: 1 }, decisions: [], published: null }),
    compare: async (_caller, versionId) => known(versionId, { version_id: id(7), with_version_id: id(8), comparable: false, ...comparison }),
  }
}

/** Answers that nothing was asked for. */
export function fakeWhatIf(): WhatIf {
  const nothing = { version_id: id(7), target: 't', text: 't' }
  return {
    ask: async (_caller, versionId) =>
      known(versionId, { ...nothing, status: 'already_there', base: { pred: 1, figure: 1 }, alternatives: [], nearest: null, proof: { kind: 'exact', least_cost: null, steps: 0 }, held: [], costs: [] }),
    spend: async (_caller, versionId, { budget }) =>
      known(versionId, { ...nothing, budget, cost: 0, gain: 0, bound: 0, optimal: true, rows: [], counts: { looked_at: 0, already_there: 0, without_offer: 0, changed: 0 } }),
  }
}

/** Deployments in memory: one, with the id of number 7. */
export function fakeDeployments(): Deployments {
  const changed = (status: 'active' | 'inactive' | 'stopped' | 'deleted') => async (_caller: unknown, deploymentId: string) =>
    known(deploymentId, { deployment_id: id(7), version_id: id(7), status })
  return {
    list: async () => accept([]),
    create: async (_caller, { model_version_id }) => known(model_version_id, { deployment_id: id(7), active: false }),
    activate: changed('active'),
    deactivate: changed('inactive'),
    repoint: changed('inactive'),
    delete: changed('deleted'),
    setFallback: changed('inactive'),
    stop: changed('stopped'),
    resume: changed('inactive'),
    stopAll: async () => accept({ ...unstopped, stopped: true }),
    resumeAll: async () => accept(unstopped),
    stops: async () => accept(unstopped),
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
        ? accept({ deployment_id: id(7), predict: async ({ rows }) => accept(parts(rows)) })
        : refuse('UNAUTHENTICATED', 'The deploy key is not known.'),
    predictCsv: async (_caller, versionId, { csv }) => known(versionId, { deployment_id: id(7), answers: parts(csv.trim().split('\n').slice(1)) }),
  }
}

/** Scoring jobs in memory: one, with the id of number 7, that is done. */
export function fakeScoring(): Scoring {
  const job = {
    job_id: id(7), status: 'done' as const, deployment_id: id(7), version_id: id(7), dataset_id: id(7), rows: 1, rows_done: 1, rows_failed: 0, progress: 1, error: null,
    created_by: 'owner', created: at, started: at, ended: at,
  }
  async function* chunks() {
    yield 'row\n0\n'
  }
  return {
    start: async (_caller, { deployment_id }) => known(deployment_id, job),
    startFile: async (_caller, { deployment_id }) => known(deployment_id, job),
    list: async () => accept([job]),
    read: async (_caller, jobId) => known(jobId, job),
    cancel: async (_caller, jobId) => known(jobId, job),
    delete: async (_caller, jobId) => known(jobId, { job_id: id(7), status: 'deleted' as const }),
    result: async (_caller, jobId) => known(jobId, { file_name: 'r.csv', content_type: 'text/csv', bytes: null, chunks: chunks() }),
  }
}
