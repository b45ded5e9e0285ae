import { onTestFinished } from 'vitest'
import type { Command } from '#core/command'
import { hashOf, person, settings, timeAt, uuidOf } from '#core/run.testkit'
import type { RunStore } from '#core/store-ports'
import { freshSchema } from '../../tests/postgres-schema.ts'
import { openDatabase, type Database } from './database.ts'
import { keyStore } from './keys.ts'
import { runStore } from './run-store.ts'

export interface TestStore {
  readonly database: Database
  readonly runs: RunStore
  readonly teamId: string
  readonly woken: string[]
  /** Makes a run that is started, on a dataset of its own. */
  begin(runId: string): Promise<void>
}

/** A store on a schema of its own, with a team. */
export async function testStore(): Promise<TestStore> {
  const fresh = await freshSchema()
  const database = await openDatabase({ config: fresh.config, schema: fresh.schema, connections: 8 })
  onTestFinished(() => database.close())
  const woken: string[] = []
  const runs = runStore(database, { send: (runId) => Promise.resolve(void woken.push(runId)) })
  const { team_id } = await keyStore(database.db).ensureTeam({ team_id: uuidOf(2), org_id: uuidOf(9), now: new Date(timeAt(0)) })
  await addDataset(database, uuidOf(3))
  return {
    database,
    runs,
    woken,
    teamId: team_id,
    async begin(runId) {
      const start = { settings, texts: hashOf('b'), dataset_id: uuidOf(3), dataset: hashOf('a') }
      const command: Command = { kind: 'create', run_id: runId, team_id, dataset_id: uuidOf(3), texts: hashOf('b'), parent_run_id: null, start }
      const done = await runs.execute({ run_id: runId, command, asked: { actor: person, now: timeAt(1) }, caption: { name: 'a run' } })
      if (!done.ok) throw new Error(done.refusal.message)
    },
  }
}

async function addDataset({ db }: Database, dataset_id: string): Promise<void> {
  const content = JSON.stringify({ hash: hashOf('a'), rows: 0, columns: [] })
  const row = { dataset_id, team_id: uuidOf(2), name: 'd', description: '', file_name: 'd.csv', size: 1, content, report: '{}', created_at: new Date(timeAt(0)) }
  await db.insertInto('dataset').values(row).execute()
}
