import { createHmac, randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { Closing } from '#core/closing'
import { version } from '#core/version'
import { answerMessage } from '#advisor/answer-message'
import { checkFolder } from '#blobs/check-folder'
import { verifyModule } from '#compute/verify-module'
import { tableReader } from '#data/table-reader'
import { buildHttp } from '#http/build-http'
import { webhookSender } from '#notice/webhook-sender'
import { readCron } from '#queue/cron'
import { openCapturing } from '#service/capturing'
import { openKeyRing, type KeyRing } from '#service/key-ring'
import { openSignalbox } from '#service/open-signalbox'
import type { ServiceInput } from '#service/ports'
import { openScoringJobs } from '#service/scoring-jobs'
import { openReportJobs } from '#service/report-jobs'
import type { Signalbox } from '#service/signalbox'
import { openTrialJobs } from '#service/trial-jobs'
import { blobGuard } from '#store/blob-guard'
import { captureStore } from '#store/captures'
import { chatStore } from '#store/chat'
import { databaseChecks, type ChainCheck } from '#store/checks'
import { datasetStore } from '#store/datasets'
import { openDeploymentFeed } from '#store/deployment-feed'
import { identity } from '#store/identity'
import { idempotencyStore } from '#store/idempotency'
import { keyStore } from '#store/keys'
import { modelStore } from '#store/models'
import { monitorStore } from '#store/monitors'
import { preprocessorStore } from '#store/preprocessors'
import { reportStore } from '#store/reports'
import { runFeed } from '#store/run-feed'
import { runLists } from '#store/run-lists'
import { runStore } from '#store/run-store'
import { serverSecret } from '#store/server-secret'
import { webSessionStore } from '#store/web-sessions'
import { webhookStore } from '#store/webhooks'
import { openParts, temporaryFolderOf, whatServes, type HouseOptions, type Parts } from './main-parts.ts'
import { startWorking } from './main-working.ts'

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
    models: modelStore(database.db), ...whatServes(parts, options), startScoringJob: (jobId) => scoringJobs.start(jobId),
    monitors: monitorStore(database), preprocessors: preprocessorStore(database), webSessions: webSessionStore(database.db),
    compute: parts.compute, verifyModule,
    captures: captureStore(database), capture: (asked) => capturing.take(asked), readCron,
    onDeploymentChange: (listener) => void deploymentListeners.add(listener),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    feed, keys, data, files, blobs, identity, secrets, phases, now, trials: trialJobs(logger, closing),
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

function trialJobs(logger: Logger, closing: Closing): ServiceInput['trials'] {
  const trials = openTrialJobs({ newId: () => identity.newId(), log: (text, error) => logger.error({ err: error }, text) })
  closing.add(() => trials.stop())
  return trials
}

/** Where `npm run build:studio` leaves the pages. */
const studioFolder = fileURLToPath(new URL('../studio/dist', import.meta.url))

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
