import { setTimeout as sleep } from 'node:timers/promises'
import { SignalboxError } from '#core/errors'
import { askOwner } from './ask-owner.ts'
import { createCluster } from './create-cluster.ts'
import { clearEndpoint, type Endpoint, ensureEndpoint } from './endpoint.ts'
import { findServer, type FoundServer, serverFile } from './find-server.ts'
import { isRunning, type ProcessMark } from './process-mark.ts'
import { runServer, type RunningServer, signalServer } from './run-server.ts'
import { chooseServerUser, type ServerUser } from './server-user.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { clearForeignLock } from './stale-lock.ts'

/** A Postgres to work with: our own, or one that another process keeps. */
export type HeldPostgres =
  | { readonly role: 'owner'; readonly endpoint: Endpoint; readonly server: RunningServer }
  | {
      readonly role: 'joined'
      readonly endpoint: Endpoint
      readonly pid: number
      readonly owner: ProcessMark | undefined
    }

export interface AcquireInput {
  readonly folder: string
  readonly cluster: string
  readonly binaries: PostgresBinaries
  readonly fast: boolean
  readonly log: (line: string) => void
  readonly signal: AbortSignal
  /** How long a Postgres that ends, or does not answer, may stand in the way. */
  readonly patienceMilliseconds: number
}

/** One that replays its log after a crash gets longer. */
const startingMilliseconds = 120_000

/** Joins the Postgres of a data folder, or starts one; the lock file of Postgres decides between several that start. */
export async function acquirePostgres(input: AcquireInput): Promise<HeldPostgres> {
  const user = chooseServerUser(input)
  const begun = Date.now()
  for (;;) {
    input.signal.throwIfAborted()
    const endpoint = await ensureEndpoint({ ...input, user })
    const found = findServer(input.cluster)
    const outcome = found === undefined ? await start(input, user, endpoint) : await join(found, user, endpoint)
    if (typeof outcome !== 'string') return outcome
    const patience = found?.status === 'starting' ? startingMilliseconds : input.patienceMilliseconds
    if (Date.now() - begun > patience) throw inTheWay(input, found, outcome)
    await sleep(30)
  }
}

async function start(input: AcquireInput, user: ServerUser, endpoint: Endpoint): Promise<HeldPostgres | string> {
  const { password } = endpoint.config
  await createCluster({ ...input, user, ...(password === undefined ? {} : { password }) })
  clearForeignLock(serverFile(input.cluster), input.cluster)
  clearEndpoint(endpoint, input.cluster)
  const server = await runServer({ ...input, user, endpoint })
  return 'lost' in server ? server.lost : { role: 'owner', endpoint, server }
}

async function join(found: FoundServer, user: ServerUser, endpoint: Endpoint): Promise<HeldPostgres | string> {
  if (found.status !== 'ready') return `it is ${found.status}`
  const answer = await askOwner(endpoint.config)
  if (answer === undefined) return `it does not answer at ${endpoint.config.host}`
  const { owner } = answer
  if (owner === undefined || isRunning(owner)) return { role: 'joined', endpoint, pid: found.pid, owner }
  // The shell that watches its owner does the same, unless that was killed too.
  signalServer(found.pid, 'SIGINT', user)
  return 'its own process has ended and it is shutting down'
}

function inTheWay(input: AcquireInput, found: FoundServer | undefined, reason: string): SignalboxError {
  const seconds = input.patienceMilliseconds / 1_000
  if (found === undefined) {
    return new SignalboxError({
      code: 'DATABASE_UNAVAILABLE',
      message: `Postgres could not start in ${input.cluster} for ${seconds} s: ${reason}`,
      suggestion: 'Look for processes that still use this folder, end them, and start again.',
    })
  }
  return new SignalboxError({
    code: 'DATABASE_UNAVAILABLE',
    message: `An earlier Postgres (process ${found.pid}) still holds ${input.cluster} after ${seconds} s: ${reason}.`,
    suggestion: `Wait until it has ended, or end it with \`kill -QUIT ${found.pid}\`, and start again.`,
  })
}
