import { useQuery } from '@tanstack/react-query'
import type { DatasetAnswer } from '#sdk/client'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { client } from '#studio/lib/client.ts'
import styles from './table-preview.module.css'

const rowsShown = 8

/** Rows spread over the table, as they were read. */
export function TablePreview({ dataset }: { readonly dataset: DatasetAnswer }) {
  const id = dataset.dataset_id
  const preview = useQuery({ queryKey: ['dataset', id, 'preview'], queryFn: ({ signal }) => client.datasets.preview(id, { rows: rowsShown, sample: true }, { signal }) })
  const fields = dataset.metadata?.fields ?? []
  return (
    <Panel flush level={2} title="Rows, as they were read" aside={`${rowsShown} spread over the table`}>
      {preview.isError ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} /> : preview.data === undefined ? <Skeleton rows={rowsShown} height={30} /> : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key.
        <section className={styles.scroll} aria-label="Rows of the table" tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>{fields.map(({ name, type }) => <th key={name} scope="col"><code>{name}</code><span className="sub">{type}</span></th>)}</tr>
            </thead>
            <tbody>
              {preview.data.map((row, index) => (
                <tr key={`row-${index.toString()}`}>{fields.map(({ name }) => <td key={name}>{cellText(row[name] ?? null)}</td>)}</tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  )
}

function cellText(value: string | number | boolean | null) {
  return value === null ? <span className="sub">missing</span> : <span className="mono">{String(value)}</span>
}
