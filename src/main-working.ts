import { randomUUID } from 'node:crypto'
import type { Closing } from '#core/closing'
import { startWorker } from '#engine/worker'
import type { EngineStore } from '#engine/ports'
import { deliverWebhooks } from '#notice/deliver-webhooks'
import { repeat } from '#queue/repeat'
import { openScheduledChecks } from '#service/monitor-schedules'
import type { ServiceInput } from '#service/ports'
import type { JobLine } from '#service/job-line'
import { isConnectionLoss, type Database } from '#store/database'
import { erasePending } from '#store/erase'
import { erasureStore } from '#store/erasures'
import { identity } from '#store/identity'
import { leases } from '#store/leases'
import { progressStore } from '#store/progress'
import { results } from '#store/results'
import { openSession } from '#store/session'
import type { Parts } from './main-parts.ts'

interface Working {
  readonly input: ServiceInput
  readonly reportJobs: JobLine
  readonly scoringJobs: JobLine
  readonly concurrency: number
  readonly closing: Closing
}

const sweepMilliseconds = 2_000
const checkMilliseconds = 500
const deliverMilliseconds = 500

/** Starts to move runs, and everything that comes round by itself. */
export async function startWorking(parts: Parts, { input, reportJobs, scoringJobs, concurrency, closing }: Working): Promise<void> {
  const { database, blobs, data, compute, queue, phases, logger } = parts
  const workerId = randomUUID()
  const store = engineStore(database, input)
  const clock = { now: () => new Date().toISOString(), seconds: () => performance.now() / 1000 }
  const log = ({ run_id, text, error }: { run_id: string; text: string; error?: unknown }) => logger.error({ run_id, err: error }, text)
  const worker = startWorker({ workerId, concurrency, phases, store, data, blobs, compute, identity, clock, log })
  const session = await openSession(database, { workerId, onReconnect: () => void sweep() })
  closing.add(() => session.close())
  closing.add(() => worker.stop())
  const erasures = erasureStore(database.db)
  const sweep = () => quietly(async () => {
    await worker.sweep()
    await erasePending(erasures, input.files, input.guard)
  })
  const quietly = (work: () => Promise<void>) => work().catch((error: unknown) => (isConnectionLoss(error) ? undefined : logger.error({ err: error }, 'a sweep failed')))
  const delivery = deliverWebhooks({ store: input.webhooks, sender: input.sender, now: input.now, log: input.log })
  closing.add(() => delivery.stop())
  closing.add(repeat(() => quietly(() => delivery.sweep()), deliverMilliseconds))
  const scheduled = openScheduledChecks(input)
  closing.add(repeat(() => quietly(() => scheduled.sweep()), sweepMilliseconds))
  session.onChange((change) => worker.changed(change))
  await queue.listen((runId) => worker.wake(runId))
  closing.add(repeat(sweep, sweepMilliseconds))
  closing.add(repeat(() => quietly(() => reportJobs.sweep()), sweepMilliseconds))
  closing.add(repeat(() => quietly(() => scoringJobs.sweep()), sweepMilliseconds))
  closing.add(repeat(() => quietly(() => worker.check()), checkMilliseconds))
  await sweep()
}

function engineStore(database: Database, input: ServiceInput): EngineStore {
  const held = leases(database)
  const kept = results(database)
  const progress = progressStore(database)
  return {
    load: (runId) => input.runs.load(runId),
    chain: (runId) => input.runs.chain(runId),
    readReport: async (datasetId) => (await input.datasets.get(datasetId))?.report ?? null,
    execute: (command) => input.runs.execute(command),
    takeLease: (runId, workerId) => held.take(runId, workerId, new Date()),
    releaseLease: (runId, workerId) => held.release(runId, workerId),
    abandoned: (limit) => held.abandoned(limit),
    overdue: (now) => input.lists.overdue(now),
    result: (key, runId) => kept.get(key, runId),
    keepResult: (key, value, runId) => kept.put(key, value, { run_id: runId, now: new Date() }),
    progress: (runId, at) => progress.set(runId, at),
    timed: (runId, step) => progress.timed(runId, { ...step, at: new Date() }),
    timedOptions: (runId, proposed) => progress.timedOptions(runId, { ...proposed, at: new Date() }),
    whileWritingBlobs: (work) => input.guard.whileWriting(work),
    isConnectionLoss,
  }
}
