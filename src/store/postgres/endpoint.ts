import { databaseUser, type PostgresConfig } from './postgres-config.ts'
import type { ServerUser } from './server-user.ts'
import { clearSocketLeftovers, ensureSocketDirectory, socketPath, socketPort } from './socket-directory.ts'
import { ensureTcpEndpoint } from './tcp-endpoint.ts'

/** Where the Postgres of a data folder listens, and how to reach it. */
export interface Endpoint {
  readonly config: PostgresConfig
  /** Arguments that make the server listen there, and only there. */
  readonly serverArguments: readonly string[]
  /** The file that is gone when nobody can connect any more; none on Windows. */
  readonly socket?: string
  /** The directory to remove after a clean end; none on Windows. */
  readonly socketDirectory?: string
}

interface Place {
  readonly folder: string
  readonly cluster: string
  readonly user: ServerUser
}

/** Makes the endpoint of a data folder ready for use. */
export async function ensureEndpoint(place: Place): Promise<Endpoint> {
  const common = { user: databaseUser, database: 'postgres', ssl: false } as const
  if (process.platform === 'win32') {
    const { port, password } = await ensureTcpEndpoint(place.folder)
    const serverArguments = ['-c', 'listen_addresses=127.0.0.1', '-p', String(port), '-c', 'unix_socket_directories=']
    return { config: { ...common, host: '127.0.0.1', port, password }, serverArguments }
  }
  const directory = ensureSocketDirectory(place)
  return {
    config: { ...common, host: directory, port: socketPort },
    serverArguments: [
      '-c',
      'listen_addresses=',
      '-p',
      String(socketPort),
      '-k',
      directory,
      '-c',
      'unix_socket_permissions=0700',
    ],
    socket: socketPath(directory),
    socketDirectory: directory,
  }
}

/** Clears what a killed server left at its endpoint. */
export function clearEndpoint(endpoint: Endpoint, cluster: string): void {
  if (endpoint.socketDirectory !== undefined) clearSocketLeftovers(endpoint.socketDirectory, cluster)
}
