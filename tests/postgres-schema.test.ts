import { Client } from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { freshSchema } from './postgres-schema.ts'

const made: string[] = []

async function run(config: object, sql: string): Promise<unknown[]> {
  const client = new Client(config)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test.each(['first', 'second'])('each test has a schema of its own: the %s', async (name) => {
  const { config, schema } = await freshSchema()
  made.push(schema)
  await run(config, `create table thing as select '${name}' as name`)
  expect(await run(config, 'select name from thing')).toEqual([{ name }])
})

afterAll(async () => {
  const left = await run(
    inject('postgres'),
    `select nspname from pg_namespace where nspname in ('${made.join("','")}')`,
  )
  expect([made.length, left]).toEqual([2, []])
})
