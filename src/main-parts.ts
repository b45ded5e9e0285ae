import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { pino, type Logger } from 'pino'
import type { Closing } from '#core/closing'
import type { Blobs, Compute, JsonBlobs } from '#core/ports'
import { diskBlobs } from '#blobs/disk-blobs'
import { jsonBlobs } from '#blobs/json-blobs'
import { growingFiles } from '#blobs/result-files'
import { makeDataFolder } from '#blobs/make-folder'
import { startCompute } from '#compute/start-compute'
import { startDataEngine, type RunningDataEngine } from '#data/duckdb-engine'
import { resultParquet } from '#data/result-parquet'
import { phases as realPhases } from '#phases/pipeline'
import type { Phase } from '#phases/phase'
import { openWakeQueue, type WakeQueue } from '#queue/wake-ups'
import type { ServiceInput } from '#service/ports'
import { connectionFromUrl } from '#store/connection-url'
import { openDatabase, type Database } from '#store/database'
import { deploymentStore } from '#store/deployments'
import { figureStore } from '#store/figures'
import { registryStore } from '#store/registry'
import { openPostgres } from '#store/postgres/open-postgres'
import { scoringStore } from '#store/scoring-jobs'
import { stopStore } from '#store/stops'
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

/** What is opened before anything works on it. */
export interface Parts {
  readonly database: Database
  readonly files: Blobs
  readonly blobs: JsonBlobs
  readonly data: RunningDataEngine
  readonly compute: Compute
  readonly queue: WakeQueue
  readonly phases: readonly Phase[]
  readonly logger: Logger
}

/** Opens the data folder, its database, files, SQL engine and threads. */
export async function openParts(options: HouseOptions, closing: Closing): Promise<Parts> {
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

/** What predictions, jobs and figures need of the store. */
export function whatServes({ database, files, data }: Parts, options: HouseOptions) {
  const growing = growingFiles(files, temporaryFolderOf(options))
  const resultFiles: ServiceInput['resultFiles'] = { ...growing, parquet: (csv, columns, cancellable) => resultParquet(data, { csv, columns }, cancellable) }
  return { registry: registryStore(database), deployments: deploymentStore(database), stops: stopStore(database), scoring: scoringStore(database), figures: figureStore(database.db), resultFiles }
}

/** Where files lie that nobody needs after a restart. */
export function temporaryFolderOf({ dataDir }: HouseOptions): string {
  return join(resolve(dataDir), 'tmp')
}
