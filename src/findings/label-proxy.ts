import type { PlainJson } from '#core/plain-json'

/** A column that tells the label by itself. */
export interface LabelProxy {
  readonly column: string
  readonly name: string
  /** Proven: left out by the label decision. Otherwise a risk that the card names. */
  readonly proven: boolean
  readonly text: string
  /** Counts and rows that show it. */
  readonly data: PlainJson
}
