import type { NewDeploymentEvent } from '#core/deployment'
import { engineActor, type Actor, type NewRunEvent } from '#core/event'
import type { PhaseName } from '#core/phase-names'
import type { Publication } from '#core/publication'
import type { Run } from '#core/run'
import type { Trx } from './database.ts'
import { appendToDeployment, lockDeployment, readDeployment } from './deployment-log.ts'

interface Published {
  readonly publication: Publication
  readonly event: Extract<NewRunEvent, { type: 'outcome-reached' }>
}

/** Makes the deployment that an outcome publishes, in the event's own transaction; one that is there stays as it is. */
export async function publishDeployment(trx: Trx, run: Run, { publication, event }: Published): Promise<void> {
  const { id, model_id, content, deployment } = publication
  const version = 'published' in run ? run.published.find(({ kind }) => kind === 'model_version') : undefined
  if (deployment === undefined || version === undefined) throw new Error('a deployment is published without its model version or settings')
  if ((await lockDeployment(trx, id)) !== null) return
  const { team_id, run_id } = run
  const payload = { team_id, model_id, version_id: version.id, run_id, active: deployment.active, threshold: deployment.threshold, content }
  const created: NewDeploymentEvent = { type: 'deployment-created', actor: deciderOf(run, event.payload.phase), at: event.at, payload }
  await appendToDeployment(trx, { deploymentId: id, before: null, events: [created] })
}

/** Whoever decided it. */
function deciderOf(run: Run, decided: PhaseName): Actor {
  const made = 'decisions' in run ? run.decisions.findLast(({ phase }) => phase === decided) : undefined
  return made?.actor ?? engineActor
}

/** The id of an active deployment of a version that this run published, if there is one. */
export async function answeringDeployment(trx: Trx, runId: string): Promise<string | undefined> {
  const row = await deploymentsOf(trx, runId).where('active', '=', true).executeTakeFirst()
  return row?.deployment_id
}

/** Deletes the deployments whose model goes with its run. */
export async function deleteDeploymentsOf(trx: Trx, runId: string, events: readonly NewRunEvent[]): Promise<void> {
  const last = events.at(-1)
  if (last === undefined) return
  for (const row of await deploymentsOf(trx, runId).forUpdate('deployment').execute()) {
    const before = readDeployment(row)
    const deleted: NewDeploymentEvent = { type: 'deployment-deleted', actor: last.actor, at: last.at, payload: {} }
    await appendToDeployment(trx, { deploymentId: before.deployment_id, before, events: [deleted] })
  }
}

function deploymentsOf(trx: Trx, runId: string) {
  return trx
    .selectFrom('deployment')
    .innerJoin('publication', 'publication.id', 'deployment.version_id')
    .selectAll('deployment')
    .where('publication.run_id', '=', runId)
    .where('deleted_at', 'is', null)
}
