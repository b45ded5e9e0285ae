import pg from 'pg'
import type { Database } from './database.ts'
import { deploymentChannel } from './deployment-log.ts'

/** Hears every change of a deployment, made by whatever process. */
export interface DeploymentFeed {
  close(): Promise<void>
}

/** Opens the feed: the listener gets the id of what changed, or null where changes may have been missed. */
export async function openDeploymentFeed(database: Database, onChange: (deploymentId: string | null) => void): Promise<DeploymentFeed> {
  let closed = false
  let client = await connect()

  async function connect(): Promise<pg.Client> {
    const made = new pg.Client({ ...database.config, keepAlive: true, connectionTimeoutMillis: 10_000 })
    made.on('error', () => undefined)
    made.on('notification', ({ payload }) => onChange(payload === undefined || payload === '' ? null : payload))
    await made.connect()
    await made.query(`listen ${deploymentChannel}`)
    made.once('end', () => void reconnect())
    onChange(null)
    return made
  }

  async function reconnect(): Promise<void> {
    while (!closed) {
      try {
        client = await connect()
        if (closed) await client.end()
        return
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }

  return {
    async close() {
      closed = true
      await client.end().catch(() => undefined)
    },
  }
}
