import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** Where Postgres listens on Windows, whose Node cannot use the sockets of Postgres. */
export interface TcpEndpoint {
  readonly port: number
  readonly password: string
}

/** The endpoint of a data folder: chosen at the first start and kept for all later ones. Not tried on Windows. */
export async function ensureTcpEndpoint(folder: string): Promise<TcpEndpoint> {
  const record = join(folder, 'postgres-endpoint.json')
  const chosen: TcpEndpoint = { port: await findFreePort(), password: randomBytes(24).toString('base64url') }
  try {
    writeFileSync(record, JSON.stringify(chosen), { mode: 0o600, flag: 'wx' })
    return chosen
  } catch {
    return readEndpoint(record)
  }
}

function readEndpoint(record: string): TcpEndpoint {
  const found: unknown = JSON.parse(readFileSync(record, 'utf8'))
  if (typeof found !== 'object' || found === null || !('port' in found) || !('password' in found)) {
    throw new Error(`${record} does not hold a port and a password; delete it together with the database beside it`)
  }
  return { port: Number(found.port), password: String(found.password) }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
