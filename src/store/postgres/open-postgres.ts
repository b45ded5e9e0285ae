import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SignalboxError } from '#core/errors'
import { type AcquireInput, acquirePostgres, type HeldPostgres } from './acquire-postgres.ts'
import { readServer } from './find-server.ts'
import { loadPostgresBinaries } from './postgres-binaries.ts'
import type { PostgresConfig } from './postgres-config.ts'
import { isAlive } from './process-mark.ts'

/** The Postgres that lives in a data folder, as one process sees it. */
export interface FolderPostgres {
  /** Stays the same when another process takes over: pools simply connect again. */
  readonly config: PostgresConfig
  /** Whether this process runs the server, or uses the one of another process. It may change at any time. */
  role(): 'owner' | 'joined'
  /** Calls back each time the server could not be brought back; trying goes on until `close`. */
  onProblem(listener: (problem: Error) => void): void
  /** Ends the server where this process runs it, and resolves when no process of it is left. */
  close(): Promise<void>
}

export interface OpenPostgresOptions {
  /** The data folder; it is made where it is missing. */
  readonly dataDir: string
  /** Leaves out waiting for the disk: for tests, a power cut destroys the data. */
  readonly fast?: boolean
  /** Gets each line that Postgres prints. */
  readonly log?: (line: string) => void
}

/** How often a joined process looks whether the server is still there. */
const joinedMilliseconds = 100
/** How often the owner looks whether its socket is still there. */
const ownerMilliseconds = 500

/**
 * Opens the Postgres of a data folder: joins a running one, or starts it. It is kept running until `close`: the owner
 * restarts it after a crash, and a process that joined takes over when the owner ends, however that ends.
 */
export async function openPostgres(options: OpenPostgresOptions): Promise<FolderPostgres> {
  const folder = makeFolder(options.dataDir)
  const closing = new AbortController()
  const input: AcquireInput = {
    folder,
    cluster: join(folder, 'postgres'),
    binaries: await loadPostgresBinaries(),
    fast: options.fast ?? false,
    log: options.log ?? (() => undefined),
    signal: closing.signal,
    patienceMilliseconds: 10_000,
  }
  let held = await acquireFirst(input)
  const { config } = held.endpoint
  const listeners: ((problem: Error) => void)[] = []
  const report = (problem: Error) => {
    input.log(problem.message)
    for (const listener of listeners) listener(problem)
  }
  const keeping = keep({ held, input, report, config, changed: (next) => (held = next) })
  let closed: Promise<void> | undefined
  async function close(): Promise<void> {
    closing.abort()
    await keeping
    if (held.role === 'owner') await held.server.stop()
  }
  return {
    config,
    role: () => held.role,
    onProblem: (listener) => void listeners.push(listener),
    close: () => (closed ??= close()),
  }
}

async function acquireFirst(input: AcquireInput): Promise<HeldPostgres> {
  try {
    return await acquirePostgres(input)
  } catch (cause) {
    if (cause instanceof SignalboxError || !(cause instanceof Error && 'syscall' in cause)) throw cause
    throw unusable(input.folder, cause)
  }
}

interface KeepInput {
  readonly held: HeldPostgres
  readonly input: AcquireInput
  readonly config: PostgresConfig
  readonly report: (problem: Error) => void
  readonly changed: (next: HeldPostgres) => void
}

async function keep(keeper: KeepInput): Promise<void> {
  const { input, report } = keeper
  let held = keeper.held
  for (;;) {
    await untilLost(held, input)
    if (input.signal.aborted) return
    // Its shell may have been killed and have left it, or its socket be gone: in both cases nothing of it may stay.
    if (held.role === 'owner') await held.server.stop()
    const next = await acquireAgain(input, report)
    if (next === undefined) return
    held = next
    keeper.changed(held)
    if (held.endpoint.config.host !== keeper.config.host) report(moved(keeper.config.host, held.endpoint.config.host))
  }
}

/** Resolves when the server that we use is gone or about to go, or when we close. */
async function untilLost(held: HeldPostgres, input: AcquireInput): Promise<void> {
  let over = false
  if (held.role === 'owner') void held.server.ended.then(() => (over = true))
  const { socket } = held.endpoint
  while (!over && !input.signal.aborted) {
    if (held.role === 'joined' && isLost(held, input.cluster)) return
    if (held.role === 'owner' && socket !== undefined && !existsSync(socket)) return
    const milliseconds = held.role === 'owner' ? ownerMilliseconds : joinedMilliseconds
    const pause = sleep(milliseconds, undefined, { ref: false, signal: input.signal }).catch(() => undefined)
    await (held.role === 'owner' ? Promise.race([held.server.ended, pause]) : pause)
  }
}

function isLost(held: HeldPostgres & { readonly role: 'joined' }, cluster: string): boolean {
  const found = readServer(cluster)
  if (found?.pid !== held.pid || found.status === 'stopping' || !isAlive(found.pid)) return true
  return held.owner !== undefined && !isAlive(held.owner.pid)
}

async function acquireAgain(input: AcquireInput, report: (problem: Error) => void): Promise<HeldPostgres | undefined> {
  for (let wait = 100; !input.signal.aborted; wait = Math.min(2 * wait, 5_000)) {
    try {
      return await acquirePostgres(input)
    } catch (error) {
      if (input.signal.aborted) return undefined
      report(error instanceof Error ? error : new Error(String(error)))
      await sleep(wait, undefined, { ref: false, signal: input.signal }).catch(() => undefined)
    }
  }
  return undefined
}

function moved(before: string, after: string): SignalboxError {
  return new SignalboxError({
    code: 'DATABASE_UNAVAILABLE',
    message: `Somebody took the directory of the database socket, ${before}; the database now listens in ${after}.`,
    suggestion: 'Restart this process.',
  })
}

function makeFolder(dataDir: string): string {
  const folder = resolve(dataDir)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw unusable(folder, cause)
  }
  return folder
}

function unusable(folder: string, cause: unknown): SignalboxError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new SignalboxError({
    code: 'DATA_FOLDER_UNUSABLE',
    message: `The data folder ${folder} cannot be used: ${reason}`,
    cause,
  })
}
