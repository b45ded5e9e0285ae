import type { Profile, Table } from '#core/dataset'
import type { DataEngine } from '#core/ports'
import type { QueryWishes } from '#core/query-wishes'
import type { Look } from './finding.ts'
import { readLevels } from './read-levels.ts'

/** The table to look at, and what is known of it already. */
export interface LookRequest {
  readonly table: Table
  /** Its profile, where it is at hand. */
  readonly profile?: Profile
  /** The id of the column to predict, where it is known. */
  readonly target?: string | null
  readonly wishes?: QueryWishes
}

export interface LookTools {
  readonly data: DataEngine
  readonly signal: AbortSignal
}

export const noWishes: QueryWishes = { target: null, exclude: [], notes: [] }

/** Reads what every check needs: the profile, and the most frequent texts of each column. */
export async function lookAtTable({ table, profile, target, wishes }: LookRequest, { data, signal }: LookTools): Promise<Look> {
  const facts = profile ?? (await data.profile(table, { signal }))
  return { table, profile: facts, levels: await readLevels(table, data, signal), wishes: wishes ?? noWishes, target: target ?? null, data, signal }
}
