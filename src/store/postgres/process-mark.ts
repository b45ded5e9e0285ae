import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync } from 'node:fs'

/** A process told apart from a later one that got the same id. */
export interface ProcessMark {
  readonly pid: number
  /** When it started, in a unit of the system; empty where the system does not say. */
  readonly started: string
}

/** The mark of this process. */
export function ownMark(): ProcessMark {
  return { pid: process.pid, started: startOf(process.pid) }
}

/** Whether that very process still runs. */
export function isRunning(mark: ProcessMark): boolean {
  if (!isAlive(mark.pid)) return false
  return mark.started === '' || startOf(mark.pid) === mark.started
}

/** Whether a process of that id runs; one that has ended and was not yet collected by its parent does not. */
export function isAlive(pid: number): boolean {
  if (process.platform === 'linux') {
    const state = linuxStat(pid)?.[0]
    return state !== undefined && state !== 'Z' && state !== 'X'
  }
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether that process is a Postgres of this cluster, and not a stranger that got the id of a dead one. */
export function isPostgresOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  if (process.platform !== 'linux') return askPs(pid, 'comm').includes('postgres')
  try {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')) return false
  } catch {
    return false
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch {
    // Hardened kernels hide the folder of a process; its name has to do then.
    return isAlive(pid)
  }
}

function startOf(pid: number): string {
  if (process.platform === 'linux') return linuxStat(pid)?.[19] ?? ''
  if (process.platform === 'win32') return ''
  const started = Date.parse(askPs(pid, 'lstart'))
  return Number.isNaN(started) ? '' : String(started)
}

/** The fields of /proc/PID/stat from the third on: the second is a name that may hold blanks and brackets. */
function linuxStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function askPs(pid: number, column: string): string {
  try {
    const env = { ...process.env, LC_ALL: 'C' }
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}
