import type { Identity } from '#core/hash'
import type { Blobs, DataEngine, JsonBlobs, TableReader } from '#core/ports'
import type { BlobGuard, DatasetStore, IdempotencyStore, KeyStore, RunLists, RunStore } from '#core/store-ports'
import type { Phase } from '#phases/phase'

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
  readonly keys: KeyStore
  readonly repeats: IdempotencyStore
  readonly guard: BlobGuard
  readonly reader: TableReader
  readonly data: DataEngine
  readonly files: Blobs
  readonly blobs: JsonBlobs
  readonly identity: Identity
  readonly secrets: Secrets
  readonly phases: readonly Phase[]
  readonly now: () => Date
  /** Rejects where the database does not answer. */
  readonly ready: () => Promise<void>
  readonly log: (text: string, error?: unknown) => void
}
