import type { Asked, Command } from '#core/command'
import type { ReadReport } from '#core/dataset'
import type { Result } from '#core/errors'
import type { Identity } from '#core/hash'
import type { LedgerEvent } from '#core/ledger'
import type { Compute, DataEngine, JsonBlobs } from '#core/ports'
import type { Run } from '#core/run'
import type { Phase } from '#phases/phase'

export interface Caption {
  readonly label?: string | null
  readonly task?: string | null
}

/** What the engine asks of the store; `store` fills it. */
export interface EngineStore {
  load(runId: string): Promise<{ run: Run; seq: number } | undefined>
  /** The events of a run as they are stored, in order. */
  chain(runId: string): Promise<LedgerEvent[]>
  /** How the file of a dataset was read. */
  readReport(datasetId: string): Promise<ReadReport | null>
  execute(input: { run_id: string; command: Command; asked: Asked; expected_seq?: number; caption?: Caption }): Promise<Result<{ run: Run; seq: number }>>
  takeLease(runId: string, workerId: string): Promise<boolean>
  releaseLease(runId: string, workerId: string): Promise<void>
  /** Runs that are owed a step and on which nobody alive works. */
  abandoned(limit: number): Promise<string[]>
  /** Waiting runs whose deadline has passed. */
  overdue(now: string): Promise<string[]>
  result(key: string, runId: string): Promise<string | undefined>
  keepResult(key: string, value: string, runId: string): Promise<void>
  progress(runId: string, at: { phase: string; fraction: number; text: string | null }): Promise<void>
  timed(runId: string, step: { phase: string; step: string; seconds: number }): Promise<void>
  /** Keeps for how many seconds threads were busy for each option of a proposal. */
  timedOptions(runId: string, proposed: { phase: string; seconds: ReadonlyMap<string, number> }): Promise<void>
  /** Runs the work while no artifact can be erased. */
  whileWritingBlobs<T>(work: () => Promise<T>): Promise<T>
  isConnectionLoss(error: unknown): boolean
}

/** Time, handed in. */
export interface Clock {
  now(): string
  /** Seconds from any fixed point, for durations. */
  seconds(): number
}

export interface EngineInput {
  readonly workerId: string
  readonly phases: readonly Phase[]
  readonly store: EngineStore
  readonly data: DataEngine
  readonly blobs: JsonBlobs
  readonly compute: Compute
  readonly identity: Identity
  readonly clock: Clock
  readonly log: (entry: { run_id: string; text: string; error?: unknown }) => void
}
