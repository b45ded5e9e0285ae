import { tableSchema, type Column, type Table } from '#core/dataset'
import { accept, refuse, SignalboxError, type Result } from '#core/errors'
import { labelledSchema, type Labelled } from '#core/outcomes'
import { isStarted } from '#core/run'
import { name, sql } from '#core/sql'
import type { ModelVersionRow } from '#core/store-ports'
import { rawProfile, type CountedCell, type RawProfile } from '#scoring/raw-profile'
import type { ScorerDocument } from '#scoring/scorer-schema'
import { outcomeOf } from './outcome-of.ts'
import type { ServiceInput } from './ports.ts'

/** Different values of a column, and rows, that are looked at at most. */
const mostValues = 100_000

/** What the training rows of a version hold of each raw column that its model reads; sealed rows are not looked at. */
export async function trainingProfile(input: ServiceInput, version: ModelVersionRow, { pipeline }: ScorerDocument): Promise<Result<Map<string, RawProfile>>> {
  const outcome = (await outcomeOf(input, version.run, 'feature_engineering')) ?? (await outcomeOf(input, version.run, 'label_selection'))
  if (outcome === null || !isStarted(version.run)) return gone()
  const labelled = labelledSchema.parse(withoutMore(outcome))
  const raw = tableSchema.parse(await input.blobs.get(version.run.dataset))
  const profiles = new Map<string, RawProfile>()
  for (const read of pipeline.columns.filter(({ name: column }) => pipeline.reads.includes(column))) {
    const stored = raw.columns.find((column) => column.name === read.name)
    if (stored === undefined) return gone()
    profiles.set(read.name, rawProfile(read, await countedCells(input, { raw, labelled }, stored)))
  }
  return accept(profiles)
}

/** The outcome of feature_engineering says more than that of label_selection. */
function withoutMore(outcome: unknown): unknown {
  const known = new Set(Object.keys(labelledSchema.shape))
  return Object.fromEntries(Object.entries(outcome ?? {}).filter(([key]) => known.has(key)))
}

function gone() {
  return refuse('WHAT_IF_UNAVAILABLE', 'The training table of this version is not there any more, so that nothing is known of the values of its columns.')
}

async function countedCells({ data }: ServiceInput, { raw, labelled }: { raw: Table; labelled: Labelled }, column: Column): Promise<CountedCell[]> {
  const options = { tables: { raw: raw.hash, labelled: labelled.table.hash }, signal: new AbortController().signal }
  const stride = Math.max(1, Math.ceil(raw.rows / mostValues))
  const cell = name(column.id)
  const training = sql`row_id in (select row_id from labelled where not ${name(labelled.sealed)})`
  try {
    const rows = await data.query(sql`select ${cell} as value, count(*) as rows from raw where ${training} and mod(row_id, ${stride}) = 0 group by ${cell} order by ${cell} limit ${mostValues}`, options)
    const counted = rows.map(({ value = null, rows: count }) => ({ value, rows: Number(count) }))
    if (stride === 1 || (column.type !== 'number' && column.type !== 'integer')) return counted
    // A sample may miss the ends.
    const [ends] = await data.query(sql`select min(${cell}) as low, max(${cell}) as high from raw where ${training}`, options)
    return [...counted, { value: ends?.low ?? null, rows: 0 }, { value: ends?.high ?? null, rows: 0 }]
  } catch (error) {
    if (error instanceof SignalboxError && error.code === 'BLOB_MISSING') throw SignalboxError.of(gone().refusal)
    throw error
  }
}
