import { useQuery } from '@tanstack/react-query'
import { Panel } from '#studio/components/panel.tsx'
import { MissingMatrix } from '#studio/components/plots/missing-matrix.tsx'
import { client } from '#studio/lib/client.ts'
import { counted } from '#studio/lib/numbers.ts'

/** Where values are missing along the file, as it was read; nothing where nothing is. */
export function MissingPanel({ datasetId }: { readonly datasetId: string }) {
  const found = useQuery({ queryKey: ['dataset', datasetId, 'missing'], queryFn: ({ signal }) => client.datasets.missing(datasetId, {}, { signal }), staleTime: Number.POSITIVE_INFINITY }).data
  const columns = found?.columns.filter(({ missing }) => missing > 0) ?? []
  if (found === undefined || columns.length === 0) return null
  return (
    <Panel title="Where values are missing" aside={`${counted(columns.length, 'column')}, before any step`}>
      <MissingMatrix label="Missing values along the file" columns={columns.slice(0, 60)} rows={found.rows} />
      {columns.length > 60 ? <p className="sub">{counted(columns.length - 60, 'column')} more have missing values.</p> : null}
    </Panel>
  )
}
