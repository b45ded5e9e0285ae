import type { Advisor } from '#core/advisor-ports'
import type { Identity } from '#core/hash'
import type { ChatStore, RunFeed, WebhookSender, WebhookStore } from '#core/notice-ports'
import type { MonitorStore } from '#core/monitor'
import type { Blobs, Compute, DataEngine, JsonBlobs, TableReader } from '#core/ports'
import type { PreprocessorStore } from '#core/preprocessor'
import type { ReportStore } from '#core/report-ports'
import type { BlobGuard, DatasetStore, DeploymentStore, IdempotencyStore, KeyStore, ModelStore, RunLists, RunStore, WebSessionStore } from '#core/store-ports'
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
  readonly deployments: DeploymentStore
  readonly monitors: MonitorStore
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
  readonly files: Blobs
  readonly blobs: JsonBlobs
  readonly identity: Identity
  readonly secrets: Secrets
  readonly phases: readonly Phase[]
  readonly now: () => Date
  /** Lets other work of this process go on. */
  readonly pause: () => Promise<void>
  /** Rejects where the database does not answer. */
  readonly ready: () => Promise<void>
  readonly log: (text: string, error?: unknown) => void
}
