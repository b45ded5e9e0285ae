import { tableSchema } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { ModelCommand, ModelStanding } from '#core/model-standing'
import type { EventPlace } from '#core/registry-ports'
import { isStarted } from '#core/run'
import type { ModelVersionRow } from '#core/store-ports'
import type { VersionDecisionAnswer, VersionLineageAnswer } from '#wire/model-registry'
import { compareVersions } from './compare-versions.ts'
import { trainedVersion } from './deployed-model.ts'
import { ownVersion } from './deployments.ts'
import { liveAt } from './live-versions.ts'
import { historyOf } from './model-history.ts'
import { askedBy } from './monitor-context.ts'
import { outcomeOf } from './outcome-of.ts'
import type { ServiceInput } from './ports.ts'
import { rationaleOf, rationaleSchema } from './rationale.ts'
import type { Caller, Registry } from './signalbox.ts'
import { trainModel } from './train-model.ts'

/** Which version of a model is in charge, what was live when, and what each version is made of. */
export function openRegistry(input: ServiceInput): Registry {
  return {
    train: (caller, body) => trainModel(input, caller, body),
    async decide(caller, versionId, { kind, rationale }) {
      const version = await ownVersion(input, caller, versionId)
      if (!version.ok) return version
      const reason = rationale == null || rationale === '' ? null : await input.blobs.put(rationaleSchema.parse({ rationale }))
      return decide(input, caller, { version: version.value, command: { kind, version_id: versionId, rationale: reason } })
    },
    async live(caller, modelId, at) {
      const versions = await ownVersions(input, caller, modelId)
      return versions.ok ? accept(await liveAt(input, { modelId, versions: versions.value }, at ?? input.now().toISOString())) : versions
    },
    async history(caller, modelId) {
      const versions = await ownVersions(input, caller, modelId)
      return versions.ok ? accept(await historyOf(input, { modelId, versions: versions.value })) : versions
    },
    async lineage(caller, versionId) {
      const version = await ownVersion(input, caller, versionId)
      return version.ok ? lineageOf(input, version.value) : version
    },
    compare: (caller, versionId, other) => compareVersions(input, caller, { versionId, other }),
  }
}

/** Oldest first. A model whose runs were all deleted is not there any more. */
async function ownVersions({ models }: ServiceInput, caller: Caller, modelId: string): Promise<Result<ModelVersionRow[]>> {
  const versions = await models.versions({ team_id: caller.team_id, model_id: modelId })
  if (versions.length > 0) return accept(versions)
  return refuse('NOT_FOUND', 'There is no such model.', { suggestion: 'GET /v1/models/teams/{team_id} lists the models of your team.' })
}

interface Deciding {
  readonly version: ModelVersionRow
  readonly command: ModelCommand
}

async function decide(input: ServiceInput, caller: Caller, { version, command }: Deciding): Promise<Result<VersionDecisionAnswer>> {
  const done = await input.registry.execute(version.model_id, command, askedBy(input, caller))
  if (!done.ok) return done
  const { version_id, model_id } = version
  return accept({ model_id, version_id, role: roleOf(done.value, version_id), champion_version: done.value.champion })
}

export function roleOf({ champion, rejected }: ModelStanding, versionId: string): VersionDecisionAnswer['role'] {
  if (champion === versionId) return 'champion'
  return rejected.includes(versionId) ? 'rejected' : 'challenger'
}

async function lineageOf(input: ServiceInput, version: ModelVersionRow): Promise<Result<VersionLineageAnswer>> {
  const { run, version_id, model_id } = version
  if (!isStarted(run)) return refuse('NOT_FOUND', 'The run of this version was never started.')
  const { model } = await trainedVersion(input, version)
  const table = tableSchema.parse(await input.blobs.get(run.dataset))
  const places = await input.registry.placesOfRun(run.run_id)
  const events = await input.feed.events(run.run_id, 0)
  const placeOf = (holds: (payload: Readonly<Record<string, unknown>>, type: string) => boolean): EventPlace | null => {
    const found = events.find(({ event }) => holds(event.payload, event.type))
    return found === undefined ? null : (places.find(({ seq }) => seq === found.seq) ?? null)
  }
  const training = await outcomeOf(input, run, 'model_training')
  if (training === null) return refuse('NOT_FOUND', 'The outcome of training is gone.')
  const decisions = await Promise.all(
    run.decisions.map(async ({ phase, decision_id, revision, at, actor, proposal, decision, answer }) => ({
      phase, decision_id, revision, at, actor, proposal, decision,
      rationale: await rationaleOf(input, answer),
      event: placeOf((payload, type) => type === 'decision-made' && payload.decision_id === decision_id && payload.revision === revision),
    })),
  )
  const published = placeOf((payload, type) => type === 'outcome-reached' && payload.phase === 'model_training')
  const dataset = { dataset_id: run.dataset_id, content_hash: table.hash, rows: table.rows }
  return accept({ version_id, model_id, model_hash: model, run_id: run.run_id, parent_run_id: run.parent_run_id, dataset, decisions, published })
}
