import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { openPostgres } from './open-postgres.ts'

// A process of its own that opens a folder's Postgres and answers questions about it, a JSON line each.
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)

async function answers(config: { host: string; port: number }): Promise<boolean> {
  const client = new Client({ ...config, user: 'signalbox', database: 'postgres', connectionTimeoutMillis: 1_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

try {
  const postgres = await openPostgres({ dataDir: process.argv[2] ?? '', fast: true })
  say({ role: postgres.role(), answers: await answers(postgres.config) })
  const input = createInterface(process.stdin)
  input.on('line', async (line) => {
    if (line !== 'close') return say({ role: postgres.role(), answers: await answers(postgres.config) })
    await postgres.close()
    process.exit(0)
  })
  input.on('close', () => process.exit(0))
} catch (error) {
  say({
    error: error instanceof Error ? `${'code' in error ? String(error.code) : ''} ${error.message}` : String(error),
  })
  process.exit(1)
}
