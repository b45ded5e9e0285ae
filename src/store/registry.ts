import type { Asked } from '#core/command'
import { deploymentEventPayloads, type DeploymentEventType, type NewDeploymentEvent } from '#core/deployment'
import { accept, refuse, type Result } from '#core/errors'
import { actorSchema } from '#core/event'
import { decideModel, evolveModel, type ModelCommand, modelEventPayloads, type ModelEventType, type ModelStanding, type NewModelEvent, noStanding } from '#core/model-standing'
import type { ModelChange, RegistryStore } from '#core/registry-ports'
import { patient, type Database, type Db, type Trx } from './database.ts'
import { appendEvents, deploymentStream, runStream, streamHead } from './event-log.ts'

const modelEventVersion = 1
const mostAttempts = 5
const modelStream = (modelId: string): string => `model:${modelId}`

/** Standings and histories of models over the event log. */
export function registryStore({ db, transaction }: Database): RegistryStore {
  return {
    async execute(modelId, command, asked) {
      for (let left = mostAttempts; left > 0; left--) {
        const done = await transaction((trx) => append(trx, modelId, { command, asked }))
        if (done !== null) return done
      }
      return refuse('WRITE_CONFLICT', 'The model was changed by others at the same moment, again and again.')
    },
    ...patient({
      async standings(modelIds: readonly string[]) {
        const changes = await modelEvents(db, modelIds.map(modelStream))
        const byStream = Map.groupBy(changes, ({ stream }) => stream)
        return new Map([...byStream].map(([stream, events]) => [stream.slice(modelStream('').length), standingOf(events)]))
      },
      async changes(modelId: string) {
        const deployments = await db.selectFrom('deployment').select('deployment_id').where('model_id', '=', modelId).execute()
        const ofDeployments = await deploymentEvents(db, deployments.map(({ deployment_id }) => deployment_id))
        const all: ModelChange[] = [...(await modelEvents(db, [modelStream(modelId)])), ...ofDeployments]
        return all.sort((a, b) => (a.event.at < b.event.at ? -1 : a.event.at > b.event.at ? 1 : a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : a.seq - b.seq))
      },
      placesOfRun: (runId: string) => db.selectFrom('event').select(['stream', 'seq', 'hash']).where('stream', '=', runStream(runId)).orderBy('seq').execute(),
    }),
  }
}

/** Null where somebody else appended first. */
async function append(trx: Trx, modelId: string, { command, asked }: { command: ModelCommand; asked: Asked }): Promise<Result<ModelStanding> | null> {
  const stream = modelStream(modelId)
  const head = await streamHead(trx, stream)
  const before = standingOf(await modelEvents(trx, [stream]))
  const decided = decideModel(before, command, asked)
  if (!decided.ok) return decided
  if (!(await appendEvents(trx, stream, { head, events: decided.value, version: modelEventVersion }))) return null
  return accept(decided.value.reduce(evolveModel, before))
}

type ModelEvents = Extract<ModelChange, { of: 'model' }>[]

function standingOf(events: ModelEvents): ModelStanding {
  return events.reduce((standing, { event }) => evolveModel(standing, event), noStanding)
}

async function rowsOf(db: Db | Trx, streams: readonly string[]) {
  if (streams.length === 0) return []
  return db.selectFrom('event').select(['stream', 'seq', 'hash', 'type', 'actor', 'at', 'payload']).where('stream', 'in', streams).orderBy('stream').orderBy('seq').execute()
}

async function modelEvents(db: Db | Trx, streams: readonly string[]): Promise<ModelEvents> {
  return (await rowsOf(db, streams)).map(({ stream, seq, hash, type, actor, at, payload }) => {
    const known = (Object.keys(modelEventPayloads) as ModelEventType[]).find((name) => name === type)
    if (known === undefined) throw new Error(`the log of a model holds an event of unknown type ${type}`)
    const event = { type: known, actor: actorSchema.parse(JSON.parse(actor)), at, payload: modelEventPayloads[known].parse(JSON.parse(payload)) } as NewModelEvent
    return { of: 'model', stream, seq, hash, event }
  })
}

async function deploymentEvents(db: Db | Trx, deploymentIds: readonly string[]): Promise<ModelChange[]> {
  return (await rowsOf(db, deploymentIds.map(deploymentStream))).map(({ stream, seq, hash, type, actor, at, payload }) => {
    const known = (Object.keys(deploymentEventPayloads) as DeploymentEventType[]).find((name) => name === type)
    if (known === undefined) throw new Error(`the log of a deployment holds an event of unknown type ${type}`)
    const event = { type: known, actor: actorSchema.parse(JSON.parse(actor)), at, payload: deploymentEventPayloads[known].parse(JSON.parse(payload)) } as NewDeploymentEvent
    return { of: 'deployment', deployment_id: stream.slice(deploymentStream('').length), stream, seq, hash, event }
  })
}
