import { StatTable } from '#studio/components/stat-table.tsx'

/** The numbers of a plot as text: the first column names the row. */
export interface TableTwin {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const shown = 400

export function TwinTable({ caption, table }: { readonly caption: string; readonly table: TableTwin }) {
  const rows = table.rows.slice(0, shown)
  return (
    <>
      <StatTable
        caption={caption}
        columns={table.head.map((head, index) => ({ key: head, head, cell: (row: readonly string[]) => row[index] ?? '', numeric: index > 0 }))}
        rows={rows}
        keyOf={(_, index) => String(index)}
      />
      {table.rows.length > shown ? <p className="sub">The first {shown} of {table.rows.length.toLocaleString('en-US')} rows.</p> : null}
    </>
  )
}
