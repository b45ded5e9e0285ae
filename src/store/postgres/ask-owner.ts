import { Client } from 'pg'
import type { PostgresConfig } from './postgres-config.ts'
import type { ProcessMark } from './process-mark.ts'
import { ownerSetting } from './run-server.ts'

/** The answer of a Postgres that takes connections. */
export interface OwnerAnswer {
  /** The process it lives and dies with; undefined where somebody started it by hand. */
  readonly owner: ProcessMark | undefined
}

/** Asks a Postgres which process it belongs to; undefined where it does not answer. */
export async function askOwner(config: PostgresConfig): Promise<OwnerAnswer | undefined> {
  const client = new Client({ ...config, connectionTimeoutMillis: 1_000, query_timeout: 1_000 })
  // A server that ends while we ask reports here too; the query below tells it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ owner: string | null }>('select current_setting($1, true) as owner', [
      ownerSetting,
    ])
    return { owner: parseMark(rows[0]?.owner ?? '') }
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

function parseMark(text: string): ProcessMark | undefined {
  const [pid = '', started = ''] = text.split(':')
  return Number(pid) > 0 ? { pid: Number(pid), started } : undefined
}
