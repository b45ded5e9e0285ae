import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { SignalboxError } from '#core/errors'
import { clearForeignLock } from './stale-lock.ts'
import { giveTo, type ServerUser } from './server-user.ts'

/** The port is only part of the socket's name. */
export const socketPort = 5432

/** The shortest limit of the known systems, macOS', for the path of a socket. */
const longestSocketPath = 103

interface Place {
  readonly folder: string
  readonly cluster: string
  readonly user: ServerUser
}

/**
 * The directory of the socket: outside of the data folder, whose path may be too long, and remembered in it as a
 * symbolic link, which is made with its content in one step, so that processes that start together agree on one.
 */
export function ensureSocketDirectory(place: Place): string {
  const record = join(place.folder, 'postgres-socket')
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const recorded = readRecord(record)
    if (recorded === undefined) propose(place, record)
    else if (isNamedFor(recorded, place.folder) && makePrivate(recorded, place.user)) return recorded
    else forget(record, recorded)
  }
  throw new SignalboxError({
    code: 'DATA_FOLDER_UNUSABLE',
    message: `No private directory for the database socket could be made in ${temporaryFolder()}.`,
    suggestion: 'Make that folder writable, or set TMPDIR to another one.',
  })
}

/** The path of the socket in its directory. */
export function socketPath(directory: string): string {
  return join(directory, `.s.PGSQL.${socketPort}`)
}

/** Removes what a killed Postgres left in the directory where it would stop the next one. */
export function clearSocketLeftovers(directory: string, cluster: string): void {
  clearForeignLock(`${socketPath(directory)}.lock`, cluster)
}

function propose(place: Place, record: string): void {
  const directory = mkdtempSync(join(temporaryFolder(), prefixFor(place.folder)))
  giveTo(place.user, directory)
  try {
    symlinkSync(directory, record)
  } catch (error) {
    rmdirSync(directory)
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** Names the data folder, so that a copy of it does not share the socket of the original. */
function prefixFor(folder: string): string {
  return `sb-${statSync(folder).ino.toString(36)}-`
}

function isNamedFor(directory: string, folder: string): boolean {
  return basename(directory).startsWith(prefixFor(folder))
}

function readRecord(record: string): string | undefined {
  try {
    return readlinkSync(record)
  } catch (error) {
    // Something that is no link cannot be ours; a plain absence must not touch what another process makes just now.
    if (error instanceof Error && 'code' in error && error.code === 'EINVAL') rmSync(record, { force: true })
    return undefined
  }
}

/** Removes the record of a directory that cannot be used, unless somebody has put a new one there meanwhile. */
function forget(record: string, judged: string): void {
  const aside = `${record}.stale-${process.pid}`
  try {
    renameSync(record, aside)
    const taken = readlinkSync(aside)
    rmSync(aside)
    if (taken !== judged) symlinkSync(taken, record)
  } catch {
    // Another process was faster; the next look tells.
  }
}

/** Whether the directory is ours alone, after making it where it is gone. */
function makePrivate(directory: string, user: ServerUser): boolean {
  let made = false
  try {
    mkdirSync(directory, { mode: 0o700 })
    made = true
  } catch {
    // It is there, or its parent is not; the look below tells.
  }
  if (made) giveTo(user, directory)
  const found = lstatSync(directory, { throwIfNoEntry: false })
  if (found === undefined || !found.isDirectory()) return false
  if (found.uid !== user.uid) {
    if (found.uid !== process.getuid?.()) return false
    giveTo(user, directory)
  }
  if ((found.mode & 0o077) !== 0) chmodSync(directory, 0o700)
  return true
}

function temporaryFolder(): string {
  const folder = tmpdir()
  const longest = join(folder, 'sb-0123456789abc-XXXXXX', `.s.PGSQL.${socketPort}`)
  return longest.length <= longestSocketPath ? folder : '/tmp'
}
