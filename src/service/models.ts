import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Deployment } from '#core/deployment'
import { accept, refuse, type Result } from '#core/errors'
import { deployedSchema, type Trained } from '#core/outcomes'
import { type ModelStanding, noStanding } from '#core/model-standing'
import { isStarted } from '#core/run'
import { runTextsSchema } from '#core/run-settings'
import type { ModelVersionRow } from '#core/store-ports'
import { version as signalboxVersion } from '#core/version'
import type { FeatureInfoAnswer, ModelAnswer, ModelVersionAnswer, ProfileAnswer } from '#wire/model'
import type { FeatureTerm } from '#ml/model'
import { termImportances } from '#ml/term-importances'
import { shapesJson } from '#phases/4-train/shape-json'
import { modelShapesSchema, type ModelShapesAnswer } from '#wire/model-evidence'
import { openModel, trainedVersion } from './deployed-model.ts'
import { ownVersion } from './deployments.ts'
import { roleOf } from './registry.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller, Models } from './signalbox.ts'

export function openModels(input: ServiceInput): Models {
  return { ...modelsOf(input), ...versionsOf(input) }
}

type OfModels = 'list' | 'read' | 'versions'

function modelsOf(input: ServiceInput): Pick<Models, OfModels> {
  return {
    async list(caller, teamId) {
      if (teamId !== caller.team_id) return refuse('NOT_FOUND', 'There is no such team for this key.')
      const versions = await input.models.versions({ team_id: teamId })
      const deployments = await input.deployments.list(teamId)
      const groups = Map.groupBy(versions, ({ model_id }) => model_id)
      const answers = await Promise.all([...groups.values()].map((group) => modelAnswer(input, group, deployments)))
      return accept(answers.reverse())
    },
    async read(caller, modelId) {
      const versions = await input.models.versions({ team_id: caller.team_id, model_id: modelId })
      if (versions.length === 0) return unknownModel()
      return accept(await modelAnswer(input, versions, await input.deployments.list(caller.team_id)))
    },
    async versions(caller, modelId) {
      const versions = await input.models.versions({ team_id: caller.team_id, model_id: modelId })
      if (versions.length === 0) return unknownModel()
      return accept(await Promise.all(versions.map((version, i) => versionAnswer(input, version, i + 1))))
    },
  }
}

function versionsOf(input: ServiceInput): Omit<Models, OfModels> {
  return {
    async partitions(caller, versionId) {
      const version = versionId === 'latest' ? await latest(input, caller) : await ownVersion(input, caller, versionId)
      if (!version.ok) return version
      const { rows } = await trainedVersion(input, version.value)
      const { version_id } = version.value
      // A version is one whole, so its only part goes by its own id.
      return accept({ version_id, partitions: [{ partition_id: version_id, partition: '__dataset__', train_rows: rows.train, test_rows: rows.test }] })
    },
    async shapes(caller, versionId) {
      const version = await ownVersion(input, caller, versionId)
      return version.ok ? accept(await modelShapes(input, version.value)) : version
    },
    async profile(caller, versionId) {
      const version = await ownVersion(input, caller, versionId)
      return version.ok ? accept(await profileAnswer(input, version.value)) : version
    },
    async evaluation(caller, partitionId) {
      const version = await ownVersion(input, caller, partitionId)
      if (!version.ok) return version
      const { shapes: _shapes, ...evaluation } = await evaluationOf(input, await trainedVersion(input, version.value))
      return accept(evaluation)
    },
    async featureInfo(caller, versionId) {
      const version = await ownVersion(input, caller, versionId)
      return version.ok ? accept(await featureInfo(input, version.value)) : version
    },
  }
}

function unknownModel() {
  return refuse('NOT_FOUND', 'There is no such model.', { suggestion: 'GET /v1/models/teams/{team_id} lists the models of your team.' })
}

async function latest({ models }: ServiceInput, caller: Caller): Promise<Result<ModelVersionRow>> {
  const version = (await models.versions({ team_id: caller.team_id })).at(-1)
  return version === undefined ? refuse('NOT_FOUND', 'This team has no model yet.') : accept(version)
}

const modelTypeOf = { binary: 'binary_classification', multiclass: 'multiclass_classification', regression: 'regression' } as const

async function modelAnswer(input: ServiceInput, versions: readonly ModelVersionRow[], deployments: readonly Deployment[]): Promise<ModelAnswer> {
  const [first] = versions
  const last = versions.at(-1)
  if (first === undefined || last === undefined) throw new Error('a model without a version')
  const trained = await trainedVersion(input, last)
  const texts = runTextsSchema.parse(await input.blobs.get(first.run.texts))
  const own = deployments.filter(({ model_id }) => model_id === first.model_id)
  const active = own.find((deployment) => deployment.active)
  return {
    model_id: first.model_id,
    model_name: texts.name,
    model_description: texts.description,
    model_type: modelTypeOf[trained.task],
    target_name: trained.label,
    algorithm: trained.trainer,
    created: first.created_at,
    deployment_id: (active ?? own[0])?.deployment_id ?? null,
    active_version: active?.version_id ?? null,
    deployed: active !== undefined,
    number_of_versions: versions.length,
    champion_version: (await standingOf(input, first.model_id)).champion,
  }
}

async function versionAnswer(input: ServiceInput, version: ModelVersionRow, number: number): Promise<ModelVersionAnswer> {
  const trained = await trainedVersion(input, version)
  const { name } = version.run.created_by
  const metrics = Object.entries(trained.test_metrics).map(([metric, { value }]) => [metric, value])
  return {
    version_id: version.version_id,
    model_id: version.model_id,
    version_number: number,
    run_id: version.run.run_id,
    created: version.created_at,
    created_by: { user_id: name, username: name },
    partitions: 1,
    // Existing clients ask for the versions of the software that trained it; here that is Signalbox alone.
    xplainable_version: `signalbox ${signalboxVersion}`,
    python_version: `signalbox ${signalboxVersion}`,
    parameters: { trainer: trained.trainer, features: trained.features, monotone: trained.monotone, threshold: trained.threshold },
    status: await statusOf(input, version),
    role: roleOf(await standingOf(input, version.model_id), version.version_id),
    model_hash: trained.model,
    trainer: trained.trainer_title,
    test_metrics: Object.fromEntries(metrics),
  }
}

async function standingOf({ registry }: ServiceInput, modelId: string): Promise<ModelStanding> {
  return (await registry.standings([modelId])).get(modelId) ?? noStanding
}

/** What the run decided of deploying this version; a candidate where it decided nothing. */
async function statusOf({ blobs }: ServiceInput, { run }: ModelVersionRow): Promise<ModelVersionAnswer['status']> {
  const outcome = isStarted(run) ? run.phases.find(({ phase }) => phase === 'model_deployment')?.outcome : undefined
  return outcome === undefined || outcome === null ? 'candidate' : deployedSchema.parse(await blobs.get(outcome)).version
}

const jsonObject = z.record(z.string(), z.custom<Json>())
const shapesSchema = z.object({ link: z.string(), intercepts: z.array(z.number()), terms: z.array(jsonObject) })

async function evaluationOf({ blobs }: ServiceInput, { evaluation }: Trained): Promise<Record<string, Json>> {
  return jsonObject.parse(await blobs.get(evaluation))
}

async function profileAnswer(input: ServiceInput, version: ModelVersionRow): Promise<ProfileAnswer> {
  const { shapes } = await evaluationOf(input, await trainedVersion(input, version))
  return { version_id: version.version_id, ...shapesSchema.parse(shapes) }
}

async function modelShapes(input: ServiceInput, version: ModelVersionRow): Promise<ModelShapesAnswer> {
  const { model } = (await openModel(input, version)).scorer.document
  const { link, intercepts, classes } = model
  return modelShapesSchema.parse({ version_id: version.version_id, link, intercepts, classes: classes ?? null, shapes_are: model.forest === undefined ? 'terms' : 'partial dependence', shapes: shapesJson(model) })
}

async function featureInfo(input: ServiceInput, version: ModelVersionRow): Promise<FeatureInfoAnswer> {
  const { document } = (await openModel(input, version)).scorer
  const { model } = document
  const terms = new Map(model.terms.flatMap((term): [string, FeatureTerm][] => (term.kind === 'pair' ? [] : [[term.feature, term]])))
  const parts = termImportances(model)
  const importances = new Map(parts.flatMap(({ features: [feature, other], importance }) => (feature === undefined || other !== undefined ? [] : [[feature, importance]])))
  const levels = new Map(model.forest?.features.flatMap((feature) => (feature.kind === 'category' ? [[feature.feature, feature.levels]] : [])))
  const reads = new Set(document.pipeline.reads)
  return {
    version_id: version.version_id,
    target_name: document.label,
    raw_columns: document.pipeline.columns.filter(({ name }) => reads.has(name)).map(({ name, type }) => ({ name, type })),
    features: document.features.map(({ name, type }) => {
      const term = terms.get(name)
      return {
        name,
        type,
        kind: type === 'text' ? 'category' : 'numeric',
        importance: importances.get(name) ?? null,
        levels: term?.kind === 'category' ? term.levels : (levels.get(name) ?? null),
        monotone: term?.kind === 'numeric' || term?.kind === 'category' ? (term.monotone ?? null) : null,
      }
    }),
    pairs: parts.filter(({ features }) => features.length > 1).map(({ name, features, importance }) => ({ name, features: [...features], importance })),
  }
}
