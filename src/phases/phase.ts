import type { z } from 'zod'
import type { Answer, Proposal } from '#core/decision'
import type { ReadReport, Table } from '#core/dataset'
import type { Result } from '#core/errors'
import type { Hash } from '#core/hash'
import type { LedgerEvent } from '#core/ledger'
import type { PhaseName } from '#core/phase-names'
import type { Publishing } from '#core/publication'
import type { Compute, DataEngine, JsonBlobs, Progress } from '#core/ports'
import type { MadeDecision } from '#core/run'
import type { RunTexts, TaskName, TestRows } from '#core/run-settings'
import type { Json } from '#core/canonical-json'

/** Everything a phase may know, as plain JSON: the raw table, what was asked for, and the outcomes of earlier phases. */
export interface Facts {
  readonly table: Table
  readonly texts: Pick<RunTexts, 'user_query' | 'target'>
  readonly task: TaskName | null
  readonly test: TestRows
  readonly algorithm: 'xgm' | 'xplainable'
  readonly outcomes: Readonly<Partial<Record<PhaseName, Json>>>
  /** Earlier decisions of this same phase that asked to propose again, oldest first. */
  readonly drafts: readonly Json[]
  /** The run itself, for a phase that `readsRun`; null for all others, whose results must not hang on it. */
  readonly run: RunFacts | null
  /** Only for applying a phase that `sealsRows`, only in a retrain: which rows are sealed already. */
  readonly held?: HeldRows
}

/** Rows that earlier runs of a chain of retrains have sealed; they stay so. */
export interface HeldRows {
  /** Where this run is on its parent's table: the parent's labelled rows, whose marks are taken over as they are. */
  readonly marked: { readonly table: Hash; readonly sealed: string } | null
  /** Else each earlier raw table with the table that marks its sealed rows. */
  readonly earlier: readonly { readonly raw: Table; readonly marked: Hash; readonly sealed: string }[]
}

/** What the parent of a retrain decided in a phase, and what is wanted otherwise. */
export interface Replayed<Decision> {
  /** Drafts first; the last one closed the phase. Empty where the parent did not go through it. */
  readonly decisions: readonly Decision[]
  /** The card that the last one answered. */
  readonly proposal: Proposal | null
  readonly changes: Answer | null
}

/** An outcome of a retrain beside what its parent reached. */
export interface ComparedOutcomes<Outcome> {
  readonly outcome: Outcome
  readonly parent: { readonly table: Table; readonly outcomes: Facts['outcomes']; readonly comparison: Json }
  /** What is to be known of the new table, in sentences. */
  readonly notes: readonly string[]
}

/** Who decided what in the run so far, its name, its ledger, and how its file was read. */
export interface RunFacts {
  readonly run_id: string
  readonly name: string
  readonly description: string
  readonly started_at: string
  readonly decisions: readonly MadeDecision[]
  /** The events of the run up to the last of these decisions, or to its end. */
  readonly ledger: readonly LedgerEvent[]
  /** How the file was read; null where nobody knows any more. */
  readonly read: ReadReport | null
}

/** What the run's settings say of phases that are not gated; the run's settings are one. */
export interface Policy {
  readonly auto_deploy: boolean
  readonly auto_apply_safe_features: boolean
}

/** What a phase computes with. Same facts, decision, seed and version: same result, bit for bit. */
export interface Tools {
  readonly data: DataEngine
  readonly blobs: JsonBlobs
  readonly compute: Compute
  readonly seed: number
  readonly signal: AbortSignal
  readonly progress: Progress
}

export interface Applied<Outcome> {
  readonly outcome: Outcome
  readonly publishes: readonly Publishing[]
}

/**
 * One phase of a run. `propose` and `apply` write nothing but blobs, `read` and the takes are pure; what cannot go on is
 * refused with a code. `version` is raised whenever a result changes.
 */
export interface Phase<Decision = Json, Outcome = Json> {
  readonly name: PhaseName
  readonly version: number
  readonly choice: 'one' | 'many'
  /** Whether `facts.run` is given, so that results hang on the very run: reports. */
  readonly readsRun?: boolean
  /** Whether it seals test rows, so that a retrain tells it through `facts.held` which rows are sealed already. */
  readonly sealsRows?: boolean
  readonly schemas: {
    readonly decision: z.ZodType<Decision>
    readonly outcome: z.ZodType<Outcome>
  }
  propose(facts: Facts, tools: Tools): Promise<Result<Proposal>>
  /** The schema of the answers that this proposal takes; goes out as JSON Schema in `accepts`. */
  accepts(proposal: Proposal): z.ZodType
  /** Reads an answer against the open proposal: honoured, or refused with the reason, never replaced. */
  read(answer: Answer, proposal: Proposal): Result<Decision>
  /** What the policy takes where the phase is not gated; null where nothing is recommended. */
  recommended(proposal: Proposal, policy: Policy): Decision | null
  /** What a passed deadline takes; null leaves the decision open. */
  fallback(proposal: Proposal): Decision | null
  apply(facts: Facts, decision: Decision, tools: Tools): Promise<Result<Applied<Outcome>>>
  /** Decides of this proposal as the parent of a retrain did of its own; refused where that no longer fits. Without it the answer is read again. */
  replay?(before: Replayed<Decision>, proposal: Proposal): Result<Decision>
  /** How the outcome of a retrain stands against its parent's. */
  compare?(facts: Facts, compared: ComparedOutcomes<Outcome>, tools: Tools): Promise<Json>
}
