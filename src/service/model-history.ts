import type { ModelChange } from '#core/registry-ports'
import { isStarted } from '#core/run'
import type { ModelHistoryAnswer } from '#wire/model-registry'
import type { OfModel } from './live-versions.ts'
import type { ServiceInput } from './ports.ts'
import { rationaleOf } from './rationale.ts'

type Entry = ModelHistoryAnswer[number]

/** All that happened to a model in the order of time: versions made, decisions of them, and what its deployments did. */
export async function historyOf(input: ServiceInput, { modelId, versions }: OfModel): Promise<ModelHistoryAnswer> {
  const numbers = new Map(versions.map(({ version_id }, i) => [version_id, i + 1]))
  const nameOf = (versionId: string): string => `version ${numbers.get(versionId) ?? versionId}`
  const made = (await Promise.all(versions.map((version, i) => madeEntry(input, version, i + 1)))).flat()
  const changes = await input.registry.changes(modelId)
  const changed = await Promise.all(changes.map((change) => changeEntry(input, change, nameOf)))
  return [...made, ...changed].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

async function madeEntry({ feed, registry }: ServiceInput, { run, version_id }: OfModel['versions'][number], number: number): Promise<Entry[]> {
  const reached = (await feed.events(run.run_id, 0)).find(({ event }) => event.type === 'outcome-reached' && event.payload.phase === 'model_training')
  const place = (await registry.placesOfRun(run.run_id)).find(({ seq }) => seq === reached?.seq)
  if (reached === undefined || place === undefined) return []
  const decision = isStarted(run) ? run.decisions.findLast(({ phase }) => phase === 'model_training') : undefined
  const actor = decision?.actor ?? reached.event.actor
  return [{ at: reached.event.at, type: 'model-version-made', text: `version ${number} was trained, decided by ${actor.name}`, actor, version_id, deployment_id: null, run_id: run.run_id, rationale: null, event: { ...place } }]
}

async function changeEntry(input: ServiceInput, change: ModelChange, nameOf: (versionId: string) => string): Promise<Entry> {
  const { stream, seq, hash, event } = change
  const base = { at: event.at, type: event.type, actor: event.actor, event: { stream, seq, hash } }
  if (change.of === 'model') {
    const { version_id, rationale } = change.event.payload
    const text = modelText(change.event.type, nameOf(version_id))
    return { ...base, text, version_id, deployment_id: null, run_id: null, rationale: await rationaleOf(input, rationale) }
  }
  const { payload } = change.event
  const version_id = 'version_id' in payload ? payload.version_id : null
  const run_id = 'run_id' in payload ? payload.run_id : null
  return { ...base, text: deploymentText(change, nameOf), version_id, deployment_id: change.deployment_id, run_id, rationale: null }
}

type OfKind<Kind extends ModelChange['of']> = Extract<ModelChange, { of: Kind }>['event']

function modelText(type: OfKind<'model'>['type'], version: string): string {
  switch (type) {
    case 'model-version-promoted':
      return `${version} became the champion`
    case 'model-version-demoted':
      return `${version} is the champion no more`
    case 'model-version-rejected':
      return `${version} was rejected`
    case 'model-version-restored':
      return `${version} is a challenger again`
  }
}

function deploymentText({ event }: Extract<ModelChange, { of: 'deployment' }>, nameOf: (versionId: string) => string): string {
  switch (event.type) {
    case 'deployment-created':
      return `${nameOf(event.payload.version_id)} was deployed, ${event.payload.active ? 'and answers' : 'not answering yet'}`
    case 'deployment-activated':
      return `the deployment answers with ${nameOf(event.payload.version_id)}`
    case 'deployment-repointed':
      return `the deployment points to ${nameOf(event.payload.version_id)}`
    // Other changes say by their names what they are.
    default:
      return event.type.replaceAll('-', ' ')
  }
}
