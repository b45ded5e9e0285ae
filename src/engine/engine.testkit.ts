import { createHash, randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { canonicalJson, type Json } from '#core/canonical-json'
import type { Command } from '#core/command'
import type { Proposal } from '#core/decision'
import { accept, type Result } from '#core/errors'
import type { Identity } from '#core/hash'
import type { JsonBlobs } from '#core/ports'
import { person, settings as someSettings, timeAt, uuidOf } from '#core/run.testkit'
import type { RunSettings } from '#core/run-settings'
import type { Applied, Facts, Phase, Tools } from '#phases/phase'
import { openDatabase, isConnectionLoss, type Database } from '#store/database'
import { blobGuard } from '#store/blob-guard'
import { keyStore } from '#store/keys'
import { leases } from '#store/leases'
import { progressStore } from '#store/progress'
import { results } from '#store/results'
import { runLists } from '#store/run-lists'
import { runStore } from '#store/run-store'
import { openSession } from '#store/session'
import { freshSchema } from '../../tests/postgres-schema.ts'
import { startWorker, type Worker } from './worker.ts'

export const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

const identity: Identity = {
  newId: () => randomUUID(),
  sha256: sha,
  derivedId: (...parts) => sha(parts.join('|')).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-8$4-$5'),
}

function memoryBlobs(): JsonBlobs {
  const kept = new Map<string, string>()
  return {
    put(value) {
      const text = canonicalJson(value)
      kept.set(sha(text), text)
      return Promise.resolve(sha(text))
    },
    get: (hash) => Promise.resolve(JSON.parse(kept.get(hash) ?? 'null')),
  }
}

export interface FakePhase extends Partial<Phase> {
  name: Phase['name']
  propose?: (facts: Facts, tools: Tools) => Promise<Result<Proposal>>
  apply?: (facts: Facts, decision: Json, tools: Tools) => Promise<Result<Applied<Json>>>
}

export function proposalOf(name: Phase['name'], facts: Facts): Proposal {
  return { phase: name, subject: 'which?', options: [], recommended_index: null, default_option_index: null, context: { drafts: facts.drafts.length }, basis: null }
}

function phaseOf(fake: FakePhase): Phase {
  return {
    version: 1,
    choice: 'many',
    schemas: { decision: z.json(), outcome: z.json() },
    propose: (facts) => Promise.resolve(accept(proposalOf(fake.name, facts))),
    accepts: () => z.object({}),
    read: () => accept({}),
    recommended: () => ({ taken: 'recommended' }),
    fallback: () => null,
    apply: (_, decision) => Promise.resolve(accept({ outcome: { decision }, publishes: [] })),
    ...fake,
  }
}

export interface TestEngine {
  readonly database: Database
  readonly runs: ReturnType<typeof runStore>
  readonly logged: string[]
  readonly blobs: JsonBlobs
  start(runId: string, settings?: Partial<RunSettings>): Promise<void>
  worker(): Promise<Worker>
  command(runId: string, command: Command): ReturnType<ReturnType<typeof runStore>['execute']>
  /** Waits for a change that makes the test true of the run's status. */
  until(runId: string, status: string): Promise<void>
}

const table = { hash: sha('table'), rows: 0, columns: [] }
const unused = () => Promise.reject(new Error('not in these tests'))

export async function testEngine(fakes: FakePhase[]): Promise<TestEngine> {
  const fresh = await freshSchema()
  const database = await openDatabase({ config: fresh.config, schema: fresh.schema, connections: 12 })
  onTestFinished(() => database.close())
  const blobs = memoryBlobs()
  const { team_id } = await keyStore(database.db).ensureTeam({ team_id: uuidOf(2), org_id: uuidOf(9), now: new Date(timeAt(0)) })
  const row = { dataset_id: uuidOf(3), team_id, name: 'd', description: '', file_name: 'd.csv', size: 1, content: JSON.stringify(table), report: '{}', created_at: new Date(timeAt(0)) }
  await database.db.insertInto('dataset').values(row).execute()
  const workers: Worker[] = []
  const runs = runStore(database, { send: (runId) => Promise.resolve(void queueMicrotask(() => setImmediate(() => workers.map((worker) => worker.wake(runId))))) })
  /** Wakes again after the commit, which the wake-up sent from inside the transaction may come before. */
  const execute: typeof runs.execute = async (input) => {
    const done = await runs.execute(input)
    for (const worker of workers) worker.wake(input.run_id)
    return done
  }
  const logged: string[] = []
  const asked = () => ({ actor: person, now: new Date().toISOString() })
  const engine: TestEngine = {
    database,
    runs,
    logged,
    blobs,
    async start(runId, settings = {}) {
      const texts = await blobs.put({ name: 'run', description: '', user_query: null, target: null })
      const plan = fakes.map(({ name }) => name)
      const start = { settings: { ...someSettings, plan, gates: [], ...settings }, texts, dataset_id: uuidOf(3), dataset: await blobs.put(table) }
      const done = await execute({ run_id: runId, command: { kind: 'create', run_id: runId, team_id, dataset_id: uuidOf(3), texts, parent_run_id: null, start }, asked: asked() })
      if (!done.ok) throw new Error(done.refusal.message)
    },
    async worker() {
      const workerId = randomUUID()
      const held = leases(database)
      const kept = results(database)
      const progress = progressStore(database)
      const guard = blobGuard(database)
      const worker = startWorker({
        workerId,
        concurrency: 4,
        phases: fakes.map(phaseOf),
        blobs,
        identity,
        data: { query: unused, columns: unused, materialise: unused, profile: unused },
        compute: { run: unused, parallel: unused, close: () => Promise.resolve() },
        clock: { now: () => new Date().toISOString(), seconds: () => performance.now() / 1000 },
        log: ({ text }) => void logged.push(text),
        store: {
          load: (id) => runs.load(id),
          chain: (id) => runs.chain(id),
          readReport: async () => null,
          execute: (input) => runs.execute(input),
          takeLease: (id, by) => held.take(id, by, new Date()),
          releaseLease: (id, by) => held.release(id, by),
          abandoned: (limit) => held.abandoned(limit),
          overdue: (now) => runLists(database.db).overdue(now),
          result: (key, id) => kept.get(key, id),
          keepResult: (key, value, id) => kept.put(key, value, { run_id: id, now: new Date() }),
          progress: (id, at) => progress.set(id, at),
          timed: (id, step) => progress.timed(id, { ...step, at: new Date() }),
          timedOptions: (id, proposed) => progress.timedOptions(id, { ...proposed, at: new Date() }),
          whileWritingBlobs: (work) => guard.whileWriting(work),
          isConnectionLoss,
        },
      })
      const session = await openSession(database, { workerId })
      session.onChange((change) => worker.changed(change))
      workers.push(worker)
      onTestFinished(async () => {
        await worker.stop()
        await session.close()
        await guard.close()
      })
      return worker
    },
    command: (runId, command) => execute({ run_id: runId, command, asked: asked() }),
    async until(runId, status) {
      const session = await openSession(database, { workerId: randomUUID() })
      try {
        for (;;) {
          const changed = new Promise<void>((resolve) => void session.onChange(({ run_id }) => run_id === runId && resolve()))
          if ((await runs.load(runId))?.run.status === status) return
          await changed
        }
      } finally {
        await session.close()
      }
    },
  }
  return engine
}
