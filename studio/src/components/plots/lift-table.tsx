import { StatTable } from '#studio/components/stat-table.tsx'
import { count, digits, share } from '#studio/lib/numbers.ts'

/** Rows of similar probability, the likeliest first. */
export interface LiftRow {
  readonly rows: number
  readonly positives: number
  readonly rate: { readonly value: number; readonly low: number; readonly high: number }
  readonly lift: number | null
  readonly gain: number | null
  readonly cumulative_lift: number | null
}

/** Ten groups of rows by their score: how much denser the positive class is in the first ones. */
export function LiftTable({ bins, positive }: { readonly bins: readonly LiftRow[]; readonly positive: string }) {
  return (
    <StatTable
      caption="Ten groups of rows, the likeliest first"
      rows={bins.map((bin, index) => ({ ...bin, place: index + 1 }))}
      keyOf={({ place }) => String(place)}
      columns={[
        { key: 'place', head: 'Group', cell: ({ place }) => place },
        { key: 'rows', head: 'Rows', cell: ({ rows }) => count(rows), numeric: true },
        { key: 'rate', head: positive, cell: ({ rate }) => <>{share(rate.value)} <span className="sub">[{share(rate.low)}, {share(rate.high)}]</span></>, numeric: true },
        { key: 'lift', head: 'Lift', cell: ({ lift }) => (lift === null ? 'none' : `× ${digits(lift)}`), numeric: true },
        { key: 'gain', head: 'Caught so far', cell: ({ gain }) => (gain === null ? 'none' : share(gain)), numeric: true },
      ]}
    />
  )
}
