import { execFile } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { SignalboxError } from '#core/errors'
import { databaseUser } from './postgres-config.ts'
import { isAlive } from './process-mark.ts'
import { serverEnvironment } from './server-environment.ts'
import { giveTo, type ServerUser } from './server-user.ts'

interface ClusterInput {
  readonly cluster: string
  readonly user: ServerUser
  readonly password?: string
  /** Leaves out waiting for the disk, for tests. */
  readonly fast: boolean
}

/** Makes the cluster where there is none: under another name first, so that it is there whole or not at all. */
export async function createCluster(input: ClusterInput): Promise<void> {
  if (existsSync(input.cluster)) return closeToOthers(input.cluster)
  const folder = dirname(input.cluster)
  const draftName = `${basename(input.cluster)}.new-`
  clearDrafts(folder, draftName)
  const draft = mkdtempSync(join(folder, `${draftName}${process.pid}-`))
  try {
    giveTo(input.user, draft)
    await initialise(draft, input)
    renameSync(draft, input.cluster)
    if (!input.fast) flush(folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another process that started at the same moment may have been faster; its cluster does as well.
    if (!existsSync(input.cluster)) throw error
  }
}

/** A copied folder often comes open to others, and Postgres refuses that. */
function closeToOthers(cluster: string): void {
  if (process.platform !== 'win32' && (statSync(cluster).mode & 0o077) !== 0) chmodSync(cluster, 0o700)
}

async function initialise(draft: string, input: ClusterInput): Promise<void> {
  const { user, password, fast } = input
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const args = ['-D', draft, '-U', databaseUser, ...locale, '--no-instructions', ...(fast ? ['-N'] : [])]
  const passwordFile = `${draft}.password`
  if (password === undefined) args.push('--auth=trust')
  else {
    writeFileSync(passwordFile, password, { mode: 0o600 })
    args.push('--auth=scram-sha-256', `--pwfile=${passwordFile}`)
  }
  const [file = '', ...rest] = [...user.prefix, user.binaries.initdb, ...args]
  try {
    await promisify(execFile)(file, rest, { ...user.spawn, cwd: '/', env: serverEnvironment() })
  } catch (cause) {
    throw new SignalboxError({
      code: 'DATABASE_UNAVAILABLE',
      message: `The database could not be made in ${dirname(draft)}: ${lastWords(cause)}`,
      suggestion:
        'Free some space or choose another folder with --data-dir, or set DATABASE_URL to a Postgres of your own.',
      cause,
    })
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function lastWords(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'stderr' in error) {
    const line = String(error.stderr)
      .trim()
      .split('\n')
      .find((text) => /error|fatal|could not|cannot/i.test(text))
    if (line !== undefined) return line
  }
  return error instanceof Error ? error.message : String(error)
}

/** Removes what processes left that were killed while they made a cluster. */
function clearDrafts(folder: string, draftName: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(draftName)) continue
    const pid = Number.parseInt(name.slice(draftName.length), 10)
    if (!isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

function flush(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
