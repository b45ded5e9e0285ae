import type { z } from 'zod'
import type { Answer, Proposal } from '#core/decision'
import type { Table } from '#core/dataset'
import type { Result } from '#core/errors'
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
}

/** Who decided what in the run so far, and its name. */
export interface RunFacts {
  readonly run_id: string
  readonly name: string
  readonly description: string
  readonly started_at: string
  readonly decisions: readonly MadeDecision[]
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
}
