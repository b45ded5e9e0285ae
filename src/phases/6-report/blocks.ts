import type { Json } from '#core/canonical-json'
import type { Hash } from '#core/hash'
import type { LedgerEvent } from '#core/ledger'
import type { Chart } from './charts.ts'
import type { SectionId } from './sections.ts'

/** A number as it is measured, and as every format prints it. */
export interface Figure {
  readonly value: number
  readonly text: string
  /** Where the API tells the same number, for example results.metrics.auc. */
  readonly key?: string
}

/** A cell of a table or a fact: text, a number, code, a share as a bar, a number with its interval, or nothing that is known. */
export type Cell =
  | string
  | Figure
  | { readonly code: string }
  | { readonly share: number; readonly figure: Figure }
  | { readonly figure: Figure; readonly interval: readonly [Figure, Figure] }
  | null

export interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
}

export interface TableBlock {
  readonly kind: 'table'
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  readonly note?: string
}

/** A number that stands for itself, with its interval. */
export interface Tile {
  readonly label: string
  readonly figure: Figure
  readonly interval: readonly [Figure, Figure] | null
  readonly note: string
}

/** Counts by true row and called column. */
export interface MatrixBlock {
  readonly kind: 'matrix'
  readonly title: string
  readonly classes: readonly string[]
  readonly counts: readonly (readonly Figure[])[]
  /** Of each count, the share of its true class. */
  readonly shares: readonly (readonly Figure[])[]
  readonly note: string
  /** The counts at other thresholds, the highest first; null where no threshold calls. */
  readonly thresholds: { readonly positive: string; readonly value: number; readonly points: readonly { readonly threshold: number; readonly counts: readonly (readonly number[])[] }[] } | null
}

/** One option of a decision, as it was offered. */
export interface DecidedOption {
  readonly title: string
  readonly summary: string
  readonly recommended: boolean
  readonly chosen: boolean
  readonly score: Figure | null
  readonly evidence: readonly { readonly label: string; readonly text: string; readonly value: Json; readonly interval: Json; readonly data: Json }[]
  readonly risks: readonly string[]
}

/** How what was decided stands to what was recommended. */
export type Verdict =
  | 'taken as recommended'
  | 'differs from the recommendation'
  | 'an answer of its own'
  | 'rejected'
  | 'skipped'
  | 'nothing was recommended'

/** A decision from its question to its reason. */
export interface DecisionBlock {
  readonly kind: 'decision'
  readonly phase: string
  readonly subject: string
  readonly verdict: Verdict
  readonly options: readonly DecidedOption[]
  /** The event of the ledger that holds it. */
  readonly event: { readonly seq: number; readonly hash: Hash; readonly decision_id: string; readonly revision: number } | null
  readonly facts: readonly Fact[]
}

export interface Fact {
  readonly label: string
  readonly value: Cell
}

/** One input of the playground. */
export interface PlaygroundField {
  readonly name: string
  readonly type: string
  /** What stands in the form at first; null is missing. */
  readonly usual: string | number | boolean | null
  /** The range of the table. */
  readonly low: number | null
  readonly high: number | null
  /** The most frequent values. */
  readonly levels: readonly string[]
  /** Every value that the model knows, where it reads the column as it is and they are few enough. */
  readonly known: readonly string[] | null
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'tiles'; readonly tiles: readonly Tile[] }
  | { readonly kind: 'charts'; readonly charts: readonly Chart[]; readonly legend: readonly LegendEntry[]; readonly note: string }
  | { readonly kind: 'missing'; readonly text: string }
  | { readonly kind: 'playground'; readonly fields: readonly PlaygroundField[] }
  | TableBlock
  | MatrixBlock
  | DecisionBlock

/** What a mark of the charts below means. */
export interface LegendEntry {
  readonly mark: 'line' | 'point' | 'band' | 'density' | 'hatch' | 'raises' | 'lowers' | 'apart' | 'diagonal' | 'whisker' | 'reference' | `class-${number}` | `series-${number}`
  readonly text: string
}

export interface Section {
  readonly id: SectionId
  readonly title: string
  /** Artifacts from which its numbers are taken. */
  readonly sources: readonly { readonly name: string; readonly hash: Hash }[]
  readonly blocks: readonly Block[]
}

/** What somebody without account or network can check the report by. */
export interface Proof {
  readonly ledger: readonly LedgerEvent[]
  /** Answers, decisions and the outcome of training under their hashes, which events of the ledger name. */
  readonly artifacts: Readonly<Record<Hash, Json>>
}

/** The report from which every format is made, so that a number is the same in all of them. */
export interface Report {
  readonly format: 'signalbox-report'
  readonly version: 1
  readonly title: string
  /** The result in one sentence. */
  readonly summary: string
  readonly description: string
  readonly kind: string
  readonly audience: string
  readonly run: { readonly run_id: string; readonly name: string; readonly started_at: string }
  readonly label: string
  readonly task: string
  readonly results: {
    readonly metrics: Readonly<Record<string, number>>
    readonly metric_intervals: Readonly<Record<string, readonly [number, number]>>
    readonly model_hash: string
  }
  readonly sections: readonly Section[]
  readonly proof: Proof
}
