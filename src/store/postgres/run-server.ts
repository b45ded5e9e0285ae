import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { SignalboxError } from '#core/errors'
import type { Endpoint } from './endpoint.ts'
import { findServer } from './find-server.ts'
import { isPostgresOf, ownMark } from './process-mark.ts'
import { serverEnvironment } from './server-environment.ts'
import type { ServerUser } from './server-user.ts'
import { wrapperCommand } from './wrapper-command.ts'

/** A Postgres that this process started and has to stop. */
export interface RunningServer {
  readonly pid: number
  readonly endpoint: Endpoint
  /** Settles when it has ended, or when the shell around it has. */
  readonly ended: Promise<void>
  /** Ends it, and resolves when it is gone. */
  stop(): Promise<void>
}

/** A start that lost against another one, or came while a killed server's processes were still leaving. */
export interface LostStart {
  readonly lost: string
}

export interface ServerInput {
  readonly cluster: string
  readonly endpoint: Endpoint
  readonly user: ServerUser
  readonly fast: boolean
  readonly log: (line: string) => void
  readonly signal: AbortSignal
}

/** The name under which a server says which process it lives and dies with. */
export const ownerSetting = 'signalbox.owner'

/** Long enough to replay a large log after a crash. */
const startMilliseconds = 120_000

/** What Postgres says when somebody else holds the cluster or its socket; trying again helps. */
const contention =
  /lock file|pre-existing shared memory block|already in use|could not create any (Unix-domain|TCP\/IP) sockets/

type Wrapper = ChildProcessByStdio<Writable, Readable, Readable>

/** A start on its way: the shell, and what is heard of it. */
interface Launch {
  readonly input: ServerInput
  readonly child: Wrapper
  /** The last lines that Postgres printed. */
  readonly lines: string[]
  readonly ended: Promise<void>
  isOver: boolean
  /** Of Postgres; 0 until the shell has said it. */
  pid: number
}

/** Starts Postgres and waits until it takes connections. */
export async function runServer(input: ServerInput): Promise<RunningServer | LostStart> {
  const launched = launch(input)
  const { child, lines, ended } = launched
  const deadline = Date.now() + startMilliseconds
  while (!launched.isOver) {
    const found = launched.pid > 0 ? findServer(input.cluster) : undefined
    if (found?.pid === launched.pid && found.status === 'ready') {
      release(child)
      return { pid: found.pid, endpoint: input.endpoint, ended, stop: () => stopServer(launched) }
    }
    if (input.signal.aborted || Date.now() > deadline) {
      await stopServer(launched)
      input.signal.throwIfAborted()
      throw startFailure(input, [`no answer after ${startMilliseconds / 1_000} s`, ...lines])
    }
    await sleep(10)
  }
  const reason = lines.find((line) => contention.test(line))
  if (reason !== undefined) return { lost: reason }
  throw startFailure(input, lines)
}

function launch(input: ServerInput): Launch {
  const child = spawnWrapper(input)
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const launched: Launch = { input, child, lines: [], ended, isOver: false, pid: 0 }
  createInterface(child.stderr).on('line', (line) => {
    launched.lines.push(line)
    if (launched.lines.length > 20) launched.lines.shift()
    input.log(line)
  })
  createInterface(child.stdout).on('line', (line) => {
    launched.pid = Number(line)
  })
  const end = () => {
    launched.isOver = true
    resolve()
  }
  child.on('error', (error) => {
    launched.lines.push(error.message)
    end()
  })
  child.on('close', end)
  // The pipes stay open while Postgres lives on without its shell; the caller has to know of that soon.
  child.on('exit', () => setTimeout(end, 50))
  return launched
}

function spawnWrapper(input: ServerInput): Wrapper {
  const { user, endpoint, cluster } = input
  const owner = ownMark()
  const settings = [
    'logging_collector=off',
    'log_destination=stderr',
    'log_min_error_statement=panic',
    `${ownerSetting}=${owner.pid}:${owner.started}`,
  ]
  if (input.fast) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  const command = [
    ...[...user.prefix, user.binaries.postgres, '-D', cluster],
    ...endpoint.serverArguments,
    ...settings.flatMap((setting) => ['-c', setting]),
  ]
  const { pgControl } = user.binaries
  const { socketDirectory } = endpoint
  const wrapper = wrapperCommand({
    command,
    cluster,
    pgControl,
    ...(socketDirectory === undefined ? {} : { socketDirectory }),
  })
  const env = serverEnvironment()
  // Detached: Ctrl-C in a terminal goes to the whole group, and Postgres must outlive our own last writes.
  const options = { ...user.spawn, cwd: '/', env, detached: true, windowsHide: true }
  const child = spawn(wrapper.file, wrapper.args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.on('error', () => undefined)
  return child
}

/** A running Postgres does not keep this process alive. */
function release(child: Wrapper): void {
  child.unref()
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref()
  }
}

async function stopServer(launched: Launch): Promise<void> {
  const { child, ended, input } = launched
  child.ref()
  child.stdin.end()
  const patience = new AbortController()
  await Promise.race([ended, sleep(15_000, undefined, { signal: patience.signal }).catch(() => undefined)])
  patience.abort()
  const isThere = () => launched.pid > 0 && isPostgresOf(launched.pid, input.cluster)
  // Reached only where the shell was killed or Postgres does not end in time.
  for (const name of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    const deadline = Date.now() + 5_000
    if (isThere()) signalServer(launched.pid, name, input.user)
    while (isThere() && Date.now() < deadline) await sleep(10)
  }
}

/** Sends a signal to Postgres: SIGINT ends it at once and clean, SIGQUIT without writing anything more. */
export function signalServer(pid: number, name: 'SIGINT' | 'SIGQUIT' | 'SIGKILL', user: ServerUser): void {
  try {
    if (process.platform === 'win32')
      execFileSync(user.binaries.pgControl, ['kill', name.slice(3), String(pid)], { windowsHide: true })
    else process.kill(pid, name)
  } catch {
    // It has ended meanwhile.
  }
}

function startFailure(input: ServerInput, lines: readonly string[]): SignalboxError {
  const reason = lines.find((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? 'it ended without a word'
  return new SignalboxError({
    code: 'DATABASE_UNAVAILABLE',
    message: `Postgres did not start in ${input.cluster}: ${reason}`,
    suggestion:
      'Do what the message says, choose another folder with --data-dir, or set DATABASE_URL to a Postgres of your own.',
    detail: lines.join('\n'),
  })
}
