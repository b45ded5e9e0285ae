import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject, onTestFinished } from 'vitest'
import type { PostgresConfig } from '#store/postgres/postgres-config'

/** A schema of one test's own. */
export interface FreshSchema {
  readonly schema: string
  /** Connects with that schema as the only one on the search path. */
  readonly config: PostgresConfig & { readonly options: string }
  drop(): Promise<void>
}

/**
 * Makes an empty schema, for a test or its `beforeEach`; it is dropped when the test has passed, and stays for a look
 * when it has failed. Close pools with an `onTestFinished` that is registered after this call: the last one runs first.
 */
export async function freshSchema(): Promise<FreshSchema> {
  const fresh = await createSchema()
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== 'fail') await fresh.drop()
  })
  return fresh
}

/** The same for a `beforeAll`, where no single test decides: the caller drops it in `afterAll`. */
export async function createSchema(): Promise<FreshSchema> {
  const postgres = inject('postgres')
  const schema = `test_${randomBytes(6).toString('hex')}`
  await execute(postgres, `create schema ${schema}`)
  return {
    schema,
    config: { ...postgres, options: `-c search_path=${schema}` },
    drop: () => execute(postgres, `drop schema if exists ${schema} cascade`),
  }
}

async function execute(config: PostgresConfig, sql: string): Promise<void> {
  // The notices of a cascade would fill the output.
  const client = new Client({ ...config, options: '-c client_min_messages=warning' })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
