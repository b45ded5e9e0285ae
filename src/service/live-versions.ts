import { type Deployment, evolveDeployment } from '#core/deployment'
import { evolveModel, type NewModelEvent, noStanding } from '#core/model-standing'
import type { ModelChange } from '#core/registry-ports'
import type { ModelVersionRow } from '#core/store-ports'
import type { LiveAnswer } from '#wire/model-registry'
import type { ServiceInput } from './ports.ts'
import { rationaleOf } from './rationale.ts'

export interface OfModel {
  readonly modelId: string
  /** Oldest first. */
  readonly versions: readonly ModelVersionRow[]
}

type DeploymentChange = Extract<ModelChange, { of: 'deployment' }>

/** Which version answered at a moment, since when and by whose decision: the fold of the events up to then. */
export async function liveAt(input: ServiceInput, model: OfModel, moment: string): Promise<LiveAnswer> {
  const at = new Date(moment).toISOString()
  const changes = await input.registry.changes(model.modelId)
  const ofDeployments = Map.groupBy(changes.filter((change) => change.of === 'deployment'), ({ deployment_id }) => deployment_id)
  const live = [...ofDeployments.values()].flatMap((events) => answering(events, model.versions, at))
  const champion = await championAt(input, model, { at, changes })
  return { model_id: model.modelId, at, text: textOf(live, at), live, champion }
}

/** What a deployment answered with at a moment; nothing where it did not. */
function answering(changes: readonly DeploymentChange[], versions: readonly ModelVersionRow[], at: string): LiveAnswer['live'] {
  let now: Deployment | null = null
  let cause: DeploymentChange | null = null
  let until: string | null = null
  for (const change of changes) {
    const after: Deployment = evolveDeployment(now, change.event, change.deployment_id)
    const same = now !== null && after.active === now.active && after.version_id === now.version_id && after.threshold === now.threshold
    if (change.event.at <= at) {
      if (!same) cause = change
      now = after
    } else if (!same) {
      until = change.event.at
      break
    }
  }
  if (now === null || cause === null || !now.active) return []
  const place = versions.findIndex(({ version_id }) => version_id === now?.version_id)
  const { stream, seq, hash, event } = cause
  return [
    {
      deployment_id: now.deployment_id,
      version_id: now.version_id,
      version_number: place < 0 ? null : place + 1,
      run_id: versions[place]?.run.run_id ?? null,
      threshold: now.threshold,
      since: event.at,
      until,
      decided_by: event.actor,
      decided_by_event: { stream, seq, hash, type: event.type },
    },
  ]
}

function textOf(live: LiveAnswer['live'], at: string): string {
  if (live.length === 0) return `At ${at} no version of this model answered.`
  const parts = live.map(({ version_number, version_id, since, decided_by }) => `version ${version_number ?? version_id} (since ${since}, decided by ${decided_by.name})`)
  return `At ${at} ${parts.join(' and ')} answered.`
}

interface Then {
  readonly at: string
  readonly changes: readonly ModelChange[]
}

async function championAt(input: ServiceInput, { versions }: OfModel, { at, changes }: Then): Promise<LiveAnswer['champion']> {
  let standing = noStanding
  let cause: NewModelEvent | null = null
  for (const change of changes) {
    if (change.of !== 'model' || change.event.at > at) continue
    standing = evolveModel(standing, change.event)
    if (change.event.type === 'model-version-promoted') cause = change.event
  }
  const { champion } = standing
  if (champion === null || cause === null) return null
  const place = versions.findIndex(({ version_id }) => version_id === champion)
  const rationale = await rationaleOf(input, cause.payload.rationale)
  return { version_id: champion, version_number: place < 0 ? null : place + 1, since: cause.at, decided_by: cause.actor, rationale }
}
