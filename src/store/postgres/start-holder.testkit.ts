import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, onTestFinished } from 'vitest'
import { openPostgres } from './open-postgres.ts'

export interface HolderState {
  readonly role?: 'owner' | 'joined'
  readonly answers?: boolean
  readonly error?: string
}

export interface Holder {
  readonly pid: number
  readonly first: Promise<HolderState>
  state(): Promise<HolderState>
  close(): Promise<void>
  /** kill -9. */
  kill(): void
}

interface HolderOptions {
  readonly uid?: number
  readonly env?: NodeJS.ProcessEnv
}

/** Starts a process that opens the folder's Postgres; it ends with the test. */
export function startHolder(dataDir: string, options: HolderOptions = {}): Holder {
  const script = join(import.meta.dirname, 'holder.testkit.ts')
  const user = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }
  const child = spawn(process.execPath, [script, dataDir], {
    ...user,
    cwd: '/',
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const next = async (): Promise<HolderState> => {
    const { value, done } = await lines.next()
    return done === true ? { error: 'the holder has ended' } : JSON.parse(value)
  }
  child.stdin.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    pid: child.pid ?? 0,
    first: next(),
    state: () => {
      child.stdin.write('state\n')
      return next()
    },
    close: () => {
      child.stdin.write('close\n')
      return ended
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

/** A folder of the test's own, removed when the test passes. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-test-'))
  onTestFinished(async ({ task }) => {
    // Killed holders leave a Postgres that is still writing its last words.
    if (process.platform === 'linux') await untilEmpty(folder)
    if (task.result?.state !== 'fail') rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Waits until something holds; fails with its name after ten seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited 10 s in vain until ${what}`)
    await sleep(20)
  }
}

let template: string | undefined
afterAll(() => {
  if (template !== undefined) rmSync(template, { recursive: true, force: true })
})

/** A folder of the test's own that holds a database already: a copy, which takes a fifth of the time of making one. */
export async function preparedFolder(): Promise<string> {
  if (template === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'signalbox-template-'))
    const postgres = await openPostgres({ dataDir: made, fast: true })
    await postgres.close()
    template = made
  }
  const folder = temporaryFolder()
  cpSync(join(template, 'postgres'), join(folder, 'postgres'), { recursive: true })
  return folder
}

export interface FolderProcess {
  readonly pid: number
  readonly command: string
}

/** The processes that work in a data folder or name it, the test's own holders left out. */
export function processesOf(dataDir: string): FolderProcess[] {
  const found: FolderProcess[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!(pid > 0) || pid === process.pid) continue
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const inside = readlinkSync(`/proc/${name}/cwd`).startsWith(dataDir) || command.includes(dataDir)
      if (inside && !command.includes('holder.testkit')) found.push({ pid, command })
    } catch {
      // It has ended meanwhile.
    }
  }
  return found
}

/** The postmaster of a data folder. */
export function serverPid(dataDir: string): number {
  return Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

/** Resolves when no process of the folder is left. */
export function untilEmpty(dataDir: string): Promise<void> {
  return until(`no process of ${dataDir} is left`, () => processesOf(dataDir).length === 0)
}
