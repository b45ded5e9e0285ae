import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import { type Hash, hashSchema } from '#core/hash'
import type { DataEngine } from '#core/ports'
import { sql, type Sql } from '#core/sql'

const fittedOnSchema = z.strictObject({
  /** Which rows these are, in words. */
  side: z.string(),
  rows: z.int().min(0),
  /** Sums over the row ids that tell this set of rows from another one. */
  row_set: z.string(),
  /** Content hashes of the stored tables that the rows come from. */
  tables: z.array(hashSchema),
})

/** Where the statistics of a fitted step come from; part of its state. */
export type FittedOn = z.infer<typeof fittedOnSchema>

interface OriginRequest {
  readonly data: DataEngine
  readonly table: Sql
  readonly tables: Readonly<Record<string, Hash>>
  readonly signal: AbortSignal
  readonly side?: string
}

/** A prime below 2^31: products of two residues fit into 64 bits. */
const prime = sql`2147483647`

/** Counts the rows of a fit and sums over their ids, in whole numbers, so that the order of the rows does not matter. */
export async function originOf({ data, table, tables, signal, side }: OriginRequest): Promise<FittedOn> {
  const residue = sql`mod(row_id, ${prime})`
  const query = sql`select count(*) as rows, cast(coalesce(sum(row_id), 0) as varchar) as plain, cast(coalesce(sum(mod(${residue} * ${residue}, ${prime})), 0) as varchar) as squares from ${table}`
  const [found] = await data.query(query, { tables, signal })
  return { side: side ?? 'rows of the table', rows: Number(found?.rows ?? 0), row_set: `${found?.plain ?? 0}.${found?.squares ?? 0}`, tables: Object.values(tables) }
}

/** A state with its origin beside what was learnt. */
export function withOrigin(state: Json, origin: FittedOn): Json {
  return typeof state === 'object' && state !== null && !Array.isArray(state) ? { ...state, fitted_on: origin } : state
}

const stateSchema = z.object({ fitted_on: fittedOnSchema })

/** Which rows the statistics of a state come from; null where it holds none. */
export function fittedOn(state: Json | undefined): FittedOn | null {
  const read = stateSchema.safeParse(state)
  return read.success ? read.data.fitted_on : null
}

/** The origin in words, for lineage. */
export function originText({ rows, side }: FittedOn): string {
  return `learned from ${rows} ${side}`
}
