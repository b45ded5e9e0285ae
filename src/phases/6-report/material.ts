import type { Json } from '#core/canonical-json'
import type { Profile } from '#core/dataset'
import type { Proposal } from '#core/decision'
import type { Deployed, Featured, Labelled, Monitored, Prepared, Trained } from '#core/outcomes'
import type { MadeDecision } from '#core/run'
import type { Shape } from '#ml/shapes'
import type { Facts, RunFacts } from '#phases/phase'
import type { ScorerDocument } from '#scoring/scorer-schema'
import type { Proof } from './blocks.ts'
import type { ModelProgram } from './model-program.ts'
import type { Evaluation } from './evaluation-schema.ts'

/** A decision of the run with everything that it names. */
export interface DecisionRecord {
  readonly made: MadeDecision
  readonly proposal: Proposal
  /** As it was sent, or what was taken without an answer. */
  readonly answer: Json
  readonly decision: Json
}

/** Something of the run that is kept under its hash. */
export interface Artifact {
  readonly name: string
  readonly hash: string
}

/** Everything that a report is made of, read from the blobs that the run names. */
export interface Material {
  readonly facts: Facts
  readonly run: RunFacts
  readonly prepared: Prepared | null
  readonly labelled: Labelled
  readonly featured: Featured | null
  readonly trained: Trained
  readonly deployed: Deployed | null
  readonly evaluation: Evaluation
  readonly scorer: ScorerDocument
  /** The most important first. */
  readonly shapes: readonly Shape[]
  /** What deployment measured, by whatever form it has. */
  readonly fairness: Json
  readonly decisions: readonly DecisionRecord[]
  /** Of the raw table. */
  readonly profile: Profile
  readonly artifacts: readonly Artifact[]
  readonly proof: Proof
  readonly program: ModelProgram
  readonly monitored: Monitored | null
}
