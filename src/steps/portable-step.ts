import type { ColumnType } from '#core/dataset'
import type { Cell } from '#core/ports'
import type { TypedExpression } from './typed-expression.ts'

/**
 * One plain operation on the cells of a row, by column id. A fitted step is a few of them, so that exports say a pipeline in
 * languages that know nothing of steps: each has to know these operations only. All of it is JSON. A row may keep cells
 * that a step drops: nothing after it reads them.
 */
export type PortableStep =
  /** The cell as a number, through the changes in their order; what is not finite is missing. */
  | { readonly op: 'numbers'; readonly from: string; readonly to: string; readonly type: ColumnType; readonly changes: readonly NumberChange[] }
  /** A number outside of the limits becomes missing; any other cell stays as it is. */
  | { readonly op: 'within'; readonly id: string; readonly type: ColumnType; readonly low: number | null; readonly high: number | null }
  /** A gap, or a cell that equals the marker, becomes the value; other cells are read as cells of their type, truth values as numbers where asked. */
  | { readonly op: 'fill'; readonly id: string; readonly type: ColumnType; readonly marker: Marker; readonly value: Cell; readonly asNumber: boolean }
  /** Whether a cell is a gap, or equals the marker. */
  | { readonly op: 'flag'; readonly from: string; readonly to: string; readonly type: ColumnType; readonly marker: Marker; readonly asNumber: boolean }
  /** Placeholder texts and sentinel numbers become missing; with `to`, a 0/1 cell tells where, and nothing else changes. */
  | ({ readonly op: 'tokens'; readonly from: string; readonly to: string | null; readonly strip: boolean; readonly keys: readonly string[]; readonly numbers: readonly number[] } & FoldedTexts)
  /** The value that a table gives a cell of a type; null is an entry of its own. */
  | { readonly op: 'lookup'; readonly from: string; readonly to: string; readonly type: ColumnType; readonly entries: ReadonlyArray<readonly [Cell, Cell]>; readonly other: Cell }
  /** The code of a level of an ordered scale, by its text or the number that it spells. */
  | ({ readonly op: 'scale'; readonly id: string; readonly type: ColumnType; readonly codes: Codes<string>; readonly numbers: Codes<number>; readonly gaps: readonly string[]; readonly missing: number | null; readonly caseSensitive: boolean } & FoldedTexts)
  /** Texts of several cells with a separator between; missing where one of them is. */
  | { readonly op: 'cross'; readonly from: ReadonlyArray<{ readonly id: string; readonly type: ColumnType; readonly width: number }>; readonly to: string; readonly separator: string }
  /** A part of a date; as text where it has a width. `part` is elapsed for the time since an origin, both in microseconds. */
  | { readonly op: 'time'; readonly from: string; readonly to: string; readonly type: ColumnType; readonly part: string; readonly width: number | null; readonly missing: number | null; readonly origin: number | null; readonly unit: number }
  /** A number that is written as text. */
  | ({ readonly op: 'parse'; readonly from: string; readonly to: string } & NumberWords & FoldedTexts)
  | { readonly op: 'cast'; readonly id: string; readonly type: ColumnType; readonly kind: string }
  | { readonly op: 'clean'; readonly id: string; readonly changes: readonly TextChange[] }
  /** Figures of the first characters of a text. */
  | { readonly op: 'figures'; readonly from: string; readonly most: number; readonly figures: readonly TextFigure[] }
  /** What the training rows of the same group say; where they say nothing, what the row's own value says alone. Keys are texts and numbers. */
  | { readonly op: 'group'; readonly keys: readonly GroupKey[]; readonly groups: ReadonlyArray<readonly Cell[]>; readonly outputs: ReadonlyArray<{ readonly from: string; readonly to: string; readonly type: ColumnType }>; readonly aggregate: string }
  | { readonly op: 'expression'; readonly to: string; readonly tree: TypedExpression }

/** A part of the key of a group: a cell, or the bucket of time that it falls into. */
export interface GroupKey {
  readonly id: string
  readonly type: ColumnType
  readonly bucket: string | null
}

/** What counts as missing: a gap where it is null, else cells that equal it. */
export type Marker = string | number | null

export type Codes<Key> = ReadonlyArray<readonly [Key, number | null]>

/** Characters that are folded before a text is looked up, with what they become. */
export interface FoldedTexts {
  readonly fold: ReadonlyArray<readonly [string, string]>
  readonly caseSensitive: boolean
}

export type NumberChange =
  | readonly ['add' | 'subtract' | 'multiply' | 'divide' | 'above' | 'equals', number]
  | readonly ['clamp', number, number]
  | readonly ['bin', readonly number[]]
  /** Method and power of Yeo and Johnson, or of Box and Cox. */
  | readonly ['power', string, number]
  /** Values, first and last shares of the knots, and whether the share becomes a point of the normal distribution. */
  | readonly ['share', readonly number[], readonly number[], readonly number[], boolean]

export type TextChange =
  | readonly ['lower' | 'upper' | 'strip' | 'collapse' | 'mend']
  | readonly ['replace', pattern: string, replacement: string, ignoreCase: boolean]
  /** Character references of HTML, with their names, texts and whether they count without a semicolon. */
  | readonly ['unescape', entities: ReadonlyArray<readonly [name: string, text: string, bare: boolean]>]
  /** NFKC between the characters of the pattern. */
  | readonly ['compatible', between: string]

/** How often a pattern is found (null counts characters), whether at all, or its share of another count. */
export interface TextFigure {
  readonly to: string
  readonly pattern: string | null
  readonly ignoreCase: boolean
  readonly once: boolean
  readonly over: { readonly pattern: string | null } | null
}

/** The words in which numbers may be written. */
export interface NumberWords {
  readonly pattern: string
  readonly thousands: string | null
  readonly decimal: string
  readonly fraction: boolean
  readonly negativeParens: boolean
  readonly units: boolean
  readonly ranges: 'mean' | 'low' | 'high' | null
  readonly texts: Codes<string>
  readonly values: Codes<number>
  readonly gaps: readonly string[]
  readonly gapNumbers: readonly number[]
}

/** The folding as the pairs that it is made of. */
export function foldPairs({ from, to, expansions }: { readonly from: string; readonly to: string; readonly expansions: ReadonlyArray<readonly [string, string]> }): (readonly [string, string])[] {
  const targets = [...to]
  return [...[...from].map((character, i) => [character, targets[i] ?? ''] as const), ...expansions]
}
