import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPostgresOf } from './process-mark.ts'

/** A Postgres process at work in a cluster, as its own file says. */
export interface FoundServer {
  readonly pid: number
  readonly status: 'starting' | 'ready' | 'stopping'
}

/** The file in which Postgres says who it is. */
export function serverFile(cluster: string): string {
  return join(cluster, 'postmaster.pid')
}

/** Reads what the file says; the process may be dead. */
export function readServer(cluster: string): FoundServer | undefined {
  let lines: string[]
  try {
    lines = readFileSync(serverFile(cluster), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number.parseInt(lines[0] ?? '', 10)
  if (!(pid > 0)) return undefined
  const status = (lines[7] ?? '').trim()
  return { pid, status: status === 'stopping' || status === 'ready' ? status : 'starting' }
}

/** Finds the living Postgres of a cluster. */
export function findServer(cluster: string): FoundServer | undefined {
  const server = readServer(cluster)
  return server !== undefined && isPostgresOf(server.pid, cluster) ? server : undefined
}
