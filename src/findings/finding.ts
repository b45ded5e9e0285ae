import type { Column, ColumnProfile, Profile, Table } from '#core/dataset'
import type { Evidence } from '#core/decision'
import type { QueryWishes } from '#core/query-wishes'
import type { DataEngine } from '#core/ports'
import type { Effect } from './effect.ts'
import type { Issue } from './issue.ts'
import type { Level } from './read-levels.ts'

/** What was found in the table that can be mended, as an option of a card. */
export interface Finding {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly recommended: boolean
  /** The share of the table's rows that it is about. */
  readonly share: number
  readonly evidence: readonly Evidence[]
  readonly risks: readonly string[]
  readonly effect: Effect
  /** The issues that it mends. */
  readonly issues: readonly Issue[]
}

/** What a check looks at. */
export interface Look {
  readonly table: Table
  readonly profile: Profile
  /** The most frequent values of each text column, by column id. */
  readonly levels: ReadonlyMap<string, TextLevels>
  readonly wishes: QueryWishes
  /** The column to predict, where it is known already. */
  readonly target: string | null
  readonly data: DataEngine
  readonly signal: AbortSignal
}

export interface TextLevels {
  readonly levels: readonly Level[]
  /** Whether these are all the values there are. */
  readonly complete: boolean
}

/** A column beside its profile. */
export interface Profiled {
  readonly column: Column
  readonly facts: ColumnProfile
}

export function profiledColumns(look: Pick<Look, 'table' | 'profile'>): Profiled[] {
  const facts = new Map(look.profile.columns.map((profile) => [profile.id, profile]))
  return look.table.columns.flatMap((column) => {
    const found = facts.get(column.id)
    return found === undefined ? [] : [{ column, facts: found }]
  })
}

/** A row of a before/after table: the zero-based row of the file, the column, and its value on both sides. */
export interface Example {
  readonly row: number
  readonly column: string
  readonly before: string | null
  readonly after: string | number | null
}

export function exampleEvidence(examples: readonly Example[]): Evidence {
  return { label: 'rows', text: 'Rows of the file before and after, by zero-based row number.', value: null, interval: null, data: examples.map((example) => ({ ...example })) }
}

export function fact(label: string, text: string, value: number | string | null): Evidence {
  return { label, text, value, interval: null, data: null }
}

/** "1 row", "2 rows". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}

/** A share as a percentage that never rounds a few to none, or nearly all to all. */
export function percent(share: number): string {
  const value = share * 100
  if (value > 0 && value < 0.1) return 'under 0.1 %'
  if (value < 100 && value > 99.9) return 'over 99.9 %'
  return `${Number(value.toFixed(1))} %`
}
