import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino, type Logger } from 'pino'
import { Closing } from '#core/closing'
import { version } from '#core/version'
import type { Blobs, Compute, JsonBlobs } from '#core/ports'
import { answerMessage } from '#advisor/answer-message'
import { checkFolder } from '#blobs/check-folder'
import { diskBlobs } from '#blobs/disk-blobs'
import { jsonBlobs } from '#blobs/json-blobs'
import { growingFiles } from '#blobs/result-files'
import { makeDataFolder } from '#blobs/make-folder'
import { startCompute } from '#compute/start-compute'
import { verifyModule } from '#compute/verify-module'
import { startDataEngine, type RunningDataEngine } from '#data/duckdb-engine'
import { resultParquet } from '#data/result-parquet'
import { tableReader } from '#data/table-reader'
import { startWorker } from '#engine/worker'
import type { EngineStore } from '#engine/ports'
import { buildHttp } from '#http/build-http'
import { deliverWebhooks } from '#notice/deliver-webhooks'
import { webhookSender } from '#notice/webhook-sender'
import { phases as realPhases } from '#phases/pipeline'
import type { Phase } from '#phases/phase'
import { readCron } from '#queue/cron'
import { repeat } from '#queue/repeat'
import { openWakeQueue, type WakeQueue } from '#queue/wake-ups'
import { openCapturing } from '#service/capturing'
import { openKeyRing, type KeyRing } from '#service/key-ring'
import { openScheduledChecks } from '#service/monitor-schedules'
import { openSignalbox } from '#service/open-signalbox'
import type { ServiceInput } from '#service/ports'
import { openScoringJobs, type ScoringJobs } from '#service/scoring-jobs'
import { openReportJobs, type ReportJobs } from '#service/report-jobs'
import type { Signalbox } from '#service/signalbox'
import { blobGuard } from '#store/blob-guard'
import { captureStore } from '#store/captures'
import { chatStore } from '#store/chat'
import { connectionFromUrl } from '#store/connection-url'
import { databaseChecks, type ChainCheck } from '#store/checks'
import { openDatabase, isConnectionLoss, type Database } from '#store/database'
import { datasetStore } from '#store/datasets'
import { openDeploymentFeed } from '#store/deployment-feed'
import { deploymentStore } from '#store/deployments'
import { figureStore } from '#store/figures'
import { erasePending } from '#store/erase'
import { erasureStore } from '#store/erasures'
import { identity } from '#store/identity'
import { idempotencyStore } from '#store/idempotency'
import { keyStore } from '#store/keys'
import { leases } from '#store/leases'
import { registryStore } from '#store/registry'
import { modelStore } from '#store/models'
import { monitorStore } from '#store/monitors'
import { openPostgres } from '#store/postgres/open-postgres'
import { preprocessorStore } from '#store/preprocessors'
import { progressStore } from '#store/progress'
import { reportStore } from '#store/reports'
import { results } from '#store/results'
import { runFeed } from '#store/run-feed'
import { runLists } from '#store/run-lists'
import { runStore } from '#store/run-store'
import { scoringStore } from '#store/scoring-jobs'
import { serverSecret } from '#store/server-secret'
import { stopStore } from '#store/stops'
import { openSession } from '#store/session'
import { webSessionStore } from '#store/web-sessions'
import { webhookStore } from '#store/webhooks'
import { usualMemoryMb } from './usual-memory.ts'

export interface HouseOptions {
  /** Everything that is kept lies in it. */
  readonly dataDir: string
  /** A Postgres of one's own instead of the one in the data folder. */
  readonly databaseUrl?: string | undefined
  /** Heap of one computing thread, and the memory of the SQL engine. */
  readonly memoryMb?: number | undefined
  readonly threads?: number | undefined
  readonly maxUploadMb?: number | undefined
  /** Lets webhooks go to private and link-local addresses. */
  readonly allowPrivateWebhooks?: boolean | undefined
  /** Who may read GET /metrics: whoever has a key where it is not said. */
  readonly metrics?: 'key' | 'open' | 'off' | undefined
  readonly logger?: Logger | undefined
  /** Replaced in tests that watch or stop a phase. */
  readonly phases?: readonly Phase[] | undefined
  /** The clock of schedules, expiries and stamps; replaced in tests that move it. */
  readonly now?: (() => Date) | undefined
  /** Leaves out waiting for the disk; for tests, where a power cut costs nothing. */
  readonly fast?: boolean | undefined
}

export interface Served {
  readonly url: string
  close(): Promise<void>
}

export interface House {
  readonly signalbox: Signalbox
  readonly keyRing: KeyRing
  /** Starts to move runs, so many at once, until the house closes. */
  work(concurrency: number): Promise<void>
  serve(at: { port: number; host: string; publicUrl?: string | undefined }): Promise<Served>
  /** Recomputes every hash of the event log. */
  verify(): Promise<ChainCheck>
  /** Ends everything that the house started; when it returns, nothing of it runs any more. */
  close(): Promise<void>
}

interface Parts {
  readonly database: Database
  readonly files: Blobs
  readonly blobs: JsonBlobs
  readonly data: RunningDataEngine
  readonly compute: Compute
  readonly queue: WakeQueue
  readonly phases: readonly Phase[]
  readonly logger: Logger
}

/** Builds the real thing: opens the data folder and everything that works on it. Serving and working start when asked for. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const closing = new Closing()
  try {
    const parts = await openParts(options, closing)
    return await assemble(parts, options, closing)
  } catch (error) {
    await closing.run()
    throw error
  }
}

async function openParts(options: HouseOptions, closing: Closing): Promise<Parts> {
  const logger = options.logger ?? pino({ level: 'silent' })
  const dataDir = makeDataFolder(options.dataDir)
  const config = await connectTo(options, { dataDir, logger, closing })
  const database = await openDatabase({ config, schema: 'signalbox', connections: 16 })
  closing.add(() => database.close())
  const queue = await openWakeQueue({ connection: { ...config }, schema: 'signalbox_queue', log: (problem) => logger.warn(problem) })
  closing.add(() => queue.close())
  const files = diskBlobs({ folder: join(dataDir, 'blobs') })
  const memoryMb = options.memoryMb ?? usualMemoryMb()
  const threads = options.threads ?? Math.max(1, availableParallelism())
  const data = await startDataEngine({ blobs: files, temporaryFolder: join(dataDir, 'tmp'), memoryLimitMb: memoryMb, threads })
  closing.add(() => data.close())
  const compute = startCompute({ threads, memoryLimitMb: memoryMb, log: (line) => logger.info(line) })
  closing.add(() => compute.close())
  return { database, files, blobs: jsonBlobs(files), data, compute, queue, phases: options.phases ?? realPhases, logger }
}

async function connectTo(options: HouseOptions, { dataDir, logger, closing }: { dataDir: string; logger: Logger; closing: Closing }) {
  if (options.databaseUrl !== undefined) return connectionFromUrl(options.databaseUrl)
  const postgres = await openPostgres({ dataDir, fast: options.fast ?? false, log: (line) => logger.debug(line) })
  closing.add(() => postgres.close())
  return postgres.config
}

async function assemble(parts: Parts, options: HouseOptions, closing: Closing): Promise<House> {
  const { database, files, blobs, data, phases, logger } = parts
  const now = options.now ?? (() => new Date())
  const secret = await serverSecret(database.db, randomBytes(32).toString('base64url'))
  const secrets = { random: () => randomBytes(32).toString('base64url'), sign: (text: string) => createHmac('sha256', secret).update(text).digest('hex') }
  const keys = keyStore(database.db)
  const checks = databaseChecks(database.db)
  const guard = blobGuard(database)
  closing.add(() => guard.close())
  const feed = runFeed(database)
  closing.add(() => feed.close())
  const keyOf = (webhookId: string) => Buffer.from(secrets.sign(`webhook:${webhookId}`), 'hex')
  const deploymentListeners = new Set<(deploymentId: string | null) => void>()
  const hearDeployments = () => openDeploymentFeed(database, (id) => deploymentListeners.forEach((listener) => void listener(id)))
  const input: ServiceInput = {
    runs: runStore(database, parts.queue),
    lists: runLists(database.db),
    datasets: datasetStore(database.db),
    repeats: idempotencyStore(database.db),
    guard,
    reports: reportStore(database), startReportJob: (jobId) => reportJobs.start(jobId),
    chat: chatStore(database.db), advisor: answerMessage,
    webhooks: webhookStore(database),
    sender: webhookSender({ allowPrivate: options.allowPrivateWebhooks ?? false, keyOf, now, version }),
    reader: tableReader(data),
    ready: { database: () => checks.ready(), queue: () => parts.queue.ready(), disk: () => checkFolder(temporaryFolderOf(options)) },
    log: (text, error) => logger.error({ err: error }, text),
    models: modelStore(database.db), ...whatServes(parts, options),
    startScoringJob: (jobId) => scoringJobs.start(jobId),
    monitors: monitorStore(database), preprocessors: preprocessorStore(database), webSessions: webSessionStore(database.db),
    compute: parts.compute, verifyModule,
    captures: captureStore(database), capture: (asked) => capturing.take(asked), readCron,
    onDeploymentChange: (listener) => void deploymentListeners.add(listener),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    feed, keys, data, files, blobs, identity, secrets, phases, now,
  }
  const [reportJobs, scoringJobs] = [openReportJobs(input), openScoringJobs(input)]
  for (const jobs of [reportJobs, scoringJobs]) closing.add(() => jobs.stop())
  const capturing = openCapturing(input)
  closing.add(() => capturing.stop())
  const signalbox = openSignalbox(input)
  return {
    signalbox,
    keyRing: openKeyRing({ keys, identity, secrets, now }),
    work: (concurrency) => startWorking(parts, { input, reportJobs, scoringJobs, concurrency, closing }),
    async serve(at) {
      const feed = await hearDeployments()
      closing.add(() => feed.close())
      await reportJobs.sweep()
      await scoringJobs.sweep()
      return startServing(signalbox, { ...at, options, logger, closing })
    },
    verify: () => checks.verify(),
    close: () => closing.run(),
  }
}

/** Where `npm run build:studio` leaves the pages. */
const studioFolder = fileURLToPath(new URL('../studio/dist', import.meta.url))

/** What predictions, jobs and figures need of the store. */
function whatServes({ database, files, data }: Parts, options: HouseOptions) {
  const growing = growingFiles(files, temporaryFolderOf(options))
  const resultFiles: ServiceInput['resultFiles'] = { ...growing, parquet: (csv, columns, cancellable) => resultParquet(data, { csv, columns }, cancellable) }
  return { registry: registryStore(database), deployments: deploymentStore(database), stops: stopStore(database), scoring: scoringStore(database), figures: figureStore(database.db), resultFiles }
}

function temporaryFolderOf({ dataDir }: HouseOptions): string {
  return join(resolve(dataDir), 'tmp')
}

interface Serving {
  readonly port: number
  readonly host: string
  readonly publicUrl?: string | undefined
  readonly options: HouseOptions
  readonly logger: Logger
  readonly closing: Closing
}

async function startServing(signalbox: Signalbox, { port, host, publicUrl, options, logger, closing }: Serving): Promise<Served> {
  const temporaryFolder = temporaryFolderOf(options)
  const app = buildHttp({ signalbox, maxUploadMb: options.maxUploadMb ?? 1024, temporaryFolder, logger, version, studioFolder, metricsAccess: options.metrics ?? 'key', ...(publicUrl === undefined ? {} : { publicUrl }) })
  const url = await app.listen({ port, host })
  let closed: Promise<void> | undefined
  const close = () => (closed ??= app.close())
  closing.add(close)
  return { url, close }
}

interface Working {
  readonly input: ServiceInput
  readonly reportJobs: ReportJobs
  readonly scoringJobs: ScoringJobs
  readonly concurrency: number
  readonly closing: Closing
}

const sweepMilliseconds = 2_000
const checkMilliseconds = 500
const deliverMilliseconds = 500

async function startWorking(parts: Parts, { input, reportJobs, scoringJobs, concurrency, closing }: Working): Promise<void> {
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
