import { accept, refuse, type Result } from '#core/errors'
import type { Hash } from '#core/hash'
import type { StopPress } from '#core/stop-ports'
import type { StopsAnswer } from '#wire/stop'
import { askedBy, changeDeployment, ownDeployment } from './change-deployment.ts'
import { openModel } from './deployed-model.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller, Deployments } from './signalbox.ts'

export type Stopping = 'setFallback' | 'stop' | 'resume' | 'stopAll' | 'resumeAll' | 'stops'

/** Stop buttons, of one deployment and of everything, and what is answered while one holds. */
export function stopping(input: ServiceInput): Pick<Deployments, Stopping> {
  const press = async (caller: Caller, deploymentId: string, { kind, reason }: { kind: 'stop' | 'resume'; reason: string | null | undefined }) =>
    changeDeployment(input, caller, { deploymentId, command: { kind, reason: await kept(input, reason) } })
  const pressAll = async (caller: Caller, stops: boolean, reason: string | null | undefined) => {
    await input.stops.press(caller.team_id, { stops, reason: await kept(input, reason) }, askedBy(input, caller))
    return accept(await stopsOf(input, caller))
  }
  return {
    stop: (caller, deploymentId, { reason }) => press(caller, deploymentId, { kind: 'stop', reason }),
    resume: (caller, deploymentId, { reason }) => press(caller, deploymentId, { kind: 'resume', reason }),
    stopAll: (caller, { reason }) => pressAll(caller, true, reason),
    resumeAll: (caller, { reason }) => pressAll(caller, false, reason),
    stops: async (caller) => accept(await stopsOf(input, caller)),
    async setFallback(caller, deploymentId, { fallback }) {
      const fits = fallback === null ? accept(null) : await fallbackFits(input, caller, { deploymentId, fallback })
      return fits.ok ? changeDeployment(input, caller, { deploymentId, command: { kind: 'set-fallback', fallback } }) : fits
    },
  }
}

/** The text as a blob, since free text stays out of the log. */
async function kept({ blobs, guard }: ServiceInput, reason: string | null | undefined): Promise<Hash | null> {
  const text = reason?.trim() ?? ''
  return text === '' ? null : guard.whileWriting(() => blobs.put({ reason: text }))
}

interface Fallback {
  readonly deploymentId: string
  readonly fallback: string | number
}

/** A client reads the answer as a prediction of the model, so it is one that the model could give. */
async function fallbackFits(input: ServiceInput, caller: Caller, { deploymentId, fallback }: Fallback): Promise<Result<null>> {
  const own = await ownDeployment(input, caller, deploymentId)
  if (!own.ok) return own
  const version = await input.models.version(own.value.version_id)
  if (version === undefined) return refuse('NOT_FOUND', 'The model version of this deployment is gone.')
  const { classes } = (await openModel(input, version)).scorer.document
  if (classes === null) return typeof fallback === 'number' ? accept(null) : refuse('VALIDATION_FAILED', `fallback: expected a number, as the model predicts, received ${JSON.stringify(fallback)}.`)
  if (typeof fallback === 'string' && classes.includes(fallback)) return accept(null)
  return refuse('VALIDATION_FAILED', `fallback: expected one of the classes ${classes.slice(0, 20).map((name) => JSON.stringify(name)).join(', ')}, received ${JSON.stringify(fallback)}.`)
}

const shownPresses = 200

async function stopsOf(input: ServiceInput, caller: Caller): Promise<StopsAnswer> {
  const [stop, presses] = await Promise.all([input.stops.ofTeam(caller.team_id), input.stops.presses(caller.team_id, shownPresses)])
  return { stopped: stop !== null, stopped_at: stop?.at ?? null, stopped_by: stop?.by ?? null, presses: await Promise.all(presses.map((press) => pressAnswer(input, press))) }
}

async function pressAnswer({ blobs }: ServiceInput, { deployment_id, stops, actor, at, reason }: StopPress): Promise<StopsAnswer['presses'][number]> {
  const text = reason === null ? null : await blobs.get(reason)
  const said = typeof text === 'object' && text !== null && 'reason' in text ? String(text.reason) : null
  return { deployment_id, action: stops ? 'stop' : 'resume', actor: actor.name, reason: said, at }
}
