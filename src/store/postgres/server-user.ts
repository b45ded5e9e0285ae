import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { SignalboxError } from '#core/errors'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { publicBinaries } from './public-binaries.ts'

/** Who Postgres runs as: it refuses root. */
export interface ServerUser {
  readonly binaries: PostgresBinaries
  /** Words put before each command. */
  readonly prefix: readonly string[]
  /** Options for starting a process as that user. */
  readonly spawn: { readonly uid?: number; readonly gid?: number }
  /** Whom the files of Postgres belong to, as seen from here; undefined on Windows. */
  readonly uid: number | undefined
}

interface Place {
  readonly binaries: PostgresBinaries
  /** The data folder and the cluster in it; the cluster may not be there yet. */
  readonly folder: string
  readonly cluster: string
}

const nobody = 65534
/** A user namespace in which the caller's own files belong to "nobody": no change of owner, no entry in passwd. */
const namespace = ['unshare', '-U', `--map-user=${nobody}`, `--map-group=${nobody}`, '--']

/** Chooses the user that Postgres runs as in this folder. */
export function chooseServerUser(place: Place): ServerUser {
  const uid = process.getuid?.()
  const plain: ServerUser = { binaries: place.binaries, prefix: [], spawn: {}, uid }
  if (uid === undefined) return plain
  const cluster = lstatSync(place.cluster, { throwIfNoEntry: false })
  if (uid !== 0) {
    if (cluster !== undefined && cluster.uid !== uid) throw foreignCluster(place.cluster, cluster.uid)
    // initdb looks its user up; a container started with a bare number has none.
    return isListed() || !canUnshare() ? plain : { ...plain, prefix: namespace }
  }
  if (cluster !== undefined && cluster.uid !== 0) return asUser(place, cluster)
  if (canUnshare()) return { ...plain, prefix: namespace }
  return asUser(place, { uid: nobody, gid: nobody })
}

/** Gives a file that root made to the user that Postgres runs as. */
export function giveTo(user: ServerUser, path: string): void {
  if (user.spawn.uid !== undefined && user.spawn.gid !== undefined) chownSync(path, user.spawn.uid, user.spawn.gid)
}

function asUser(place: Place, owner: { readonly uid: number; readonly gid: number }): ServerUser {
  const { uid, gid } = owner
  // Others may pass through the data folder to the cluster, which stays closed, but not list it.
  chmodSync(place.folder, (statSync(place.folder).mode & 0o7777) | 0o011)
  if (lstatSync(place.cluster, { throwIfNoEntry: false })?.uid === 0) chownTree(place.cluster, owner)
  const can = (script: string, argument: string) =>
    spawnSync('/bin/sh', ['-c', script, 'sh', argument], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0
  if (!can('cd "$1"', place.folder)) {
    throw new SignalboxError({
      code: 'DATA_FOLDER_UNUSABLE',
      message: `Postgres does not run as root, and the user it would run as (${uid}) may not enter ${place.folder}.`,
      suggestion:
        'Choose a folder outside of private ones such as /root with --data-dir or SIGNALBOX_HOME, start as an ordinary user, or set DATABASE_URL.',
    })
  }
  const binaries = can('"$1" --version', place.binaries.postgres) ? place.binaries : publicBinaries(place.binaries)
  return { binaries, prefix: [], spawn: { uid, gid }, uid }
}

function chownTree(path: string, owner: { readonly uid: number; readonly gid: number }): void {
  chownSync(path, owner.uid, owner.gid)
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) chownTree(inner, owner)
    else if (entry.isFile()) chownSync(inner, owner.uid, owner.gid)
  }
}

function canUnshare(): boolean {
  const [file = '', ...args] = [...namespace, 'true']
  return process.platform === 'linux' && spawnSync(file, args, { stdio: 'ignore' }).status === 0
}

function isListed(): boolean {
  try {
    userInfo()
    return true
  } catch {
    return false
  }
}

function foreignCluster(cluster: string, owner: number): SignalboxError {
  return new SignalboxError({
    code: 'DATA_FOLDER_UNUSABLE',
    message: `The database in ${cluster} belongs to another user (${owner}).`,
    suggestion: 'Start as that user or as root, or choose another folder with --data-dir or SIGNALBOX_HOME.',
  })
}
