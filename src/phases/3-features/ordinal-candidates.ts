import type { Candidate } from './candidate.ts'
import type { LoadedColumn } from './load-rows.ts'
import { orderedScale } from '#findings/ordered-scale'

/** Text columns that are evidently an ordered scale, turned into numbers in place. */
export function ordinalCandidates(columns: readonly LoadedColumn[]): Candidate[] {
  return columns.flatMap(({ column, values }): Candidate[] => {
    if (values.kind !== 'category') return []
    const present = new Set(values.codes)
    const scale = orderedScale(values.levels.filter((_, code) => present.has(code)))
    if (scale === null) return []
    return [
      {
        id: `add:ordinal:${column.id}`,
        kind: 'ordinal_map',
        why: scale.why,
        name: column.name,
        title: `Read "${column.name}" as an ordered scale`,
        formula: `"${column.name}": ${scale.order.join(' < ')} as 1 to ${scale.order.length}, since ${scale.why}`,
        from: [column],
        steps: [{ type: 'OrdinalMapTransformer', columns: [column.name], params: { order: [...scale.order] } }],
        replaces: column.id,
      },
    ]
  })
}
