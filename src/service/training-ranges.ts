import { featuredSchema, labelledSchema } from '#core/outcomes'
import { join, name, sql } from '#core/sql'
import type { ModelVersionRow } from '#core/store-ports'
import { featureValue } from '#scoring/feature-value'
import type { FeatureRanges } from '#scoring/raw-scorer'
import type { ScorerDocument } from '#scoring/scorer-schema'
import { outcomeOf } from './outcome-of.ts'
import type { ServiceInput } from './ports.ts'

type Needs = Pick<ServiceInput, 'blobs' | 'data'>

/** Least and greatest value of each feature over the training rows; empty where the table of the run is gone. */
export async function trainingRanges(input: Needs, version: ModelVersionRow, { features }: ScorerDocument): Promise<FeatureRanges> {
  const featured = await outcomeOf(input, version.run, 'feature_engineering')
  const read = featured === null ? undefined : featuredSchema.safeParse(featured)
  const labelled = read?.success === true ? read : labelledSchema.safeParse(await outcomeOf(input, version.run, 'label_selection'))
  if (!labelled.success) return new Map()
  const { table, sealed } = labelled.data
  const columns = features.flatMap((feature) => table.columns.find((column) => column.name === feature.name && column.type === feature.type && column.type !== 'text') ?? [])
  if (columns.length === 0) return new Map()
  const ends = columns.flatMap(({ id }) => [sql`min(${name(id)}) as ${name(`low_${id}`)}`, sql`max(${name(id)}) as ${name(`high_${id}`)}`])
  const query = sql`select ${join(ends)} from t where not ${name(sealed)}`
  const [row = {}] = await input.data.query(query, { tables: { t: table.hash }, signal: new AbortController().signal })
  const ranges = new Map<string, { low: number; high: number }>()
  for (const { id, name: feature, type } of columns) {
    const [low, high] = [`low_${id}`, `high_${id}`].map((key) => featureValue(row[key] ?? null, type))
    if (typeof low === 'number' && typeof high === 'number') ranges.set(feature, { low, high })
  }
  return ranges
}
