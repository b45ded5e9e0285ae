import type { Advisor } from '#core/advisor-ports'
import type { FigureStore } from '#core/figures'
import type { Identity } from '#core/hash'
import type { CaptureStore } from '#core/capture'
import type { ReadCron } from '#core/cron'
import type { ChatStore, RunFeed, WebhookSender, WebhookStore } from '#core/notice-ports'
import type { MonitorStore } from '#core/monitor'
import type { Blobs, Compute, DataEngine, JsonBlobs, TableReader } from '#core/ports'
import type { PreprocessorStore } from '#core/preprocessor'
import type { RegistryStore } from '#core/registry-ports'
import type { ReportStore } from '#core/report-ports'
import type { BlobGuard, DatasetStore, DeploymentStore, IdempotencyStore, KeyStore, ModelStore, RunLists, RunStore, WebSessionStore } from '#core/store-ports'
import type { ResultFiles, ScoringStore } from '#core/scoring-job'
import type { StopStore } from '#core/stop-ports'
import type { Phase } from '#phases/phase'
import type { TrialJobs } from './trial-jobs.ts'

/** Secrets need a source of randomness and a keyed hash; both are handed in. */
export interface Secrets {
  /** A new unguessable text of letters, digits, `-` and `_`. */
  random(): string
  /** HMAC-SHA-256 of the text under the server's own secret, as hex. */
  sign(text: string): string
}

export interface ServiceInput {
  readonly runs: RunStore
  readonly lists: RunLists
  readonly datasets: DatasetStore
  readonly models: ModelStore
  readonly registry: RegistryStore
  readonly deployments: DeploymentStore
  readonly scoring: ScoringStore
  readonly resultFiles: ResultFiles
  /** Begins to score a file in the background. */
  readonly startScoringJob: (jobId: string) => void
  readonly stops: StopStore
  readonly monitors: MonitorStore
  readonly captures: CaptureStore
  /** Keeps a sample of the rows of a request, where the deployment is set to; undefined where there is nothing to wait for. */
  readonly capture: (asked: { readonly deployment_id: string; readonly version_id: string; readonly rows: readonly unknown[] }) => Promise<void> | undefined
  readonly readCron: ReadCron
  readonly preprocessors: PreprocessorStore
  /** Tells the id of a deployment that changed, in whatever process, or null where changes may have been missed. */
  readonly onDeploymentChange: (listener: (deploymentId: string | null) => void) => void
  readonly keys: KeyStore
  readonly webSessions: WebSessionStore
  readonly repeats: IdempotencyStore
  readonly reports: ReportStore
  /** Begins a report in the background. */
  readonly startReportJob: (jobId: string) => void
  readonly trials: TrialJobs
  readonly guard: BlobGuard
  readonly chat: ChatStore
  readonly advisor: Advisor
  readonly feed: RunFeed
  readonly webhooks: WebhookStore
  readonly sender: WebhookSender
  readonly reader: TableReader
  readonly data: DataEngine
  readonly compute: Compute
  /** Runs `verify` of a JavaScript module that is given as text, apart from this process's own modules. */
  readonly verifyModule: (text: string) => Promise<unknown>
  readonly files: Blobs
  readonly blobs: JsonBlobs
  readonly identity: Identity
  readonly secrets: Secrets
  readonly phases: readonly Phase[]
  readonly now: () => Date
  /** Lets other work of this process go on. */
  readonly pause: () => Promise<void>
  /** What has to work so that the server can serve, by name; each rejects where it does not. */
  readonly ready: Readonly<Record<'database' | 'queue' | 'disk', () => Promise<void>>>
  readonly figures: FigureStore
  readonly log: (text: string, error?: unknown) => void
}
