import type { Answer, Proposal } from './decision.ts'
import type { Cell } from './ports.ts'
import type { Table } from './dataset.ts'
import type { Hash } from './hash.ts'
import type { Labelled, Featured, Prepared, Trained } from './outcomes.ts'
import type { PhaseName } from './phase-names.ts'
import type { Run } from './run.ts'

/** An artifact of the run that an answer rests on. `id` is a decision's, a version's or a message's id, or a hash. */
export interface Citation {
  readonly kind: 'run' | 'decision' | 'proposal' | 'outcome' | 'model_version' | 'model' | 'message'
  readonly id: string
  readonly label: string
  /** Where in the run it was said: the stop, and on it the option or the column that is meant. */
  readonly phase?: PhaseName
  readonly option?: number
  readonly column?: string
}

/** What a message asked to have changed, made ready for whoever may confirm it. The chat itself changes nothing. */
export interface ChatProposal {
  readonly act: 'submit_decision' | 'skip_phase' | 'cancel_run' | 'resume_run'
  /** What confirming does, in a sentence. */
  readonly title: string
  /** What comes of it, and whether it can be taken back. */
  readonly consequence: string
  /** Names exactly one card, so that it is refused once somebody else has decided. Null where no card is answered. */
  readonly decision: {
    readonly decision_type: PhaseName
    readonly decision_id: string
    readonly revision: number
    readonly answer: Answer
  } | null
}

/** Context that somebody gave in chat; it is shown, and changes nothing. */
export interface ChatNote {
  readonly message_id: string
  readonly text: string
  readonly by: string
  readonly at: string
}

/** From a raw column to a prepared one, with what each step does on the way. */
export interface ColumnWay {
  readonly from: string
  readonly to: string
  readonly steps: readonly string[]
}

/** What a model says of one row of the table, taken apart. */
export interface RowExplanation {
  readonly row: number
  readonly prediction: string | number
  /** Of the class that is explained; null for a number. */
  readonly probability: number | null
  /** The row's own label as it stands in the table. */
  readonly label: Cell
  readonly side: 'train' | 'test' | 'unlabelled'
  readonly start: number
  readonly total: number
  readonly link: 'logit' | 'softmax' | 'identity' | 'log'
  /** The class whose score is taken apart; null for a number. */
  readonly explained: string | null
  /** What each term adds; a term of two features names both. */
  readonly contributions: readonly { readonly name: string; readonly features: readonly string[]; readonly values: readonly (number | string | null)[]; readonly part: number }[]
}

/** How much one part of a model moves the score; a part of two features names both. */
export interface TermImportance {
  readonly name: string
  readonly features: readonly string[]
  readonly importance: number
}

/** A trainer of the comparison, with its cross-validated figures by metric name. */
export interface ComparedTrainer {
  readonly trainer: string
  readonly title: string
  readonly cv: Readonly<Record<string, { readonly value: number; readonly low: number | null; readonly high: number | null }>>
}

/** Everything that may be known of one run, asked for piece by piece. Nothing here can change the run. */
export interface RunKnowledge {
  readonly run: Run
  /** Null for a run that was opened without a dataset. */
  table(): Promise<Table | null>
  /** How far the run is, from 0 to 1, and what it does at the moment. */
  progress(): Promise<{ readonly share: number; readonly text: string | null; readonly phase: PhaseName | null }>
  failure(): Promise<{ readonly code: string; readonly message: string; readonly suggestion: string } | null>
  proposal(hash: Hash): Promise<Proposal>
  /** The answer as it was sent; null where the policy or a deadline answered. */
  answer(hash: Hash): Promise<Answer | null>
  /** What a phase read from an answer. */
  decision(hash: Hash): Promise<unknown>
  prepared(): Promise<Prepared | null>
  /** The newest of label_selection and feature_engineering. */
  labelled(): Promise<Labelled | Featured | null>
  trained(): Promise<Trained | null>
  /** Mean absolute contributions, the largest first; empty before training. */
  importances(): Promise<readonly TermImportance[]>
  comparison(): Promise<readonly ComparedTrainer[]>
  ways(): Promise<readonly ColumnWay[]>
  /** Null where no model is trained; `row` is zero-based and within the table. */
  explain(row: number): Promise<RowExplanation | null>
  notes(): Promise<readonly ChatNote[]>
}

/** What the chat says. Where `context` is true the question was no question but context to keep. */
export interface Advice {
  readonly intent: string
  readonly content: string
  readonly citations: readonly Citation[]
  readonly context: boolean
  readonly proposal?: ChatProposal
}

/** Answers a message about a run from what may be known of it. */
export type Advisor = (message: string, knowledge: RunKnowledge) => Promise<Advice>
