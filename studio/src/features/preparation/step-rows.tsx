import { useQuery } from '@tanstack/react-query'
import type { PreviewSpecAnswer } from '#sdk/client'
import { StatTable } from '#studio/components/stat-table.tsx'
import { client } from '#studio/lib/client.ts'
import { count, counted, plain } from '#studio/lib/numbers.ts'
import { Cell } from './cell.tsx'
import type { StepEffect } from './profile.ts'

/** The most that a preview looks at. */
const mostRows = 100_000
const mostChanges = 6

/** What the steps of an option do to the rows of the table when they are run alone: how many cells of which value become what. */
export function StepRows({ datasetId, steps }: { readonly datasetId: string; readonly steps: StepEffect['steps'] }) {
  const preview = useQuery({
    queryKey: ['dataset', datasetId, 'steps', steps],
    queryFn: ({ signal }) => client.preprocessors.previewSpec({ dataset_id: datasetId, spec: { version: '2.0', steps: steps.map((step, index) => ({ id: `step-${index + 1}`, ...step })) }, max_rows: mostRows }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }).data
  // Steps that stand on earlier ones cannot be run alone; their rows are those of the card.
  if (preview === undefined || preview.steps.some(({ error }) => error !== null)) return null
  const changes = preview.steps.flatMap((step) => Object.entries(step.changes).flatMap(([column, { top_changes: top = [] }]) => top.map((change) => ({ ...change, column }))))
  const cells = preview.steps.reduce((sum, step) => sum + Object.values(step.changes).reduce((all, { changed_cells: own }) => all + own, 0), 0)
  if (cells === 0) return null
  const shown = changes.toSorted((one, other) => other.count - one.count).slice(0, mostChanges)
  return (
    <div className="stack">
      <p className="soft">Run alone on {preview.sampled ? `${count(preview.rows_before)} of ${count(preview.rows_total)} rows` : counted(preview.rows_before, 'row')}, it changes {counted(cells, 'cell')}{shown.length > 0 && cells > shown.reduce((sum, change) => sum + change.count, 0) ? '; most often these' : ''}.</p>
      {shown.length === 0 ? <Figures steps={preview.steps} /> : <StatTable
        caption="Values before and after, and how many cells"
        rows={shown}
        keyOf={({ column }, index) => `${column}:${index}`}
        columns={[
          { key: 'column', head: 'Column', cell: ({ column }) => <code>{column}</code> },
          { key: 'before', head: 'before', cell: ({ before }) => <del><Cell value={before} /></del> },
          { key: 'after', head: 'after', cell: ({ after }) => <ins><Cell value={after} /></ins> },
          { key: 'cells', head: 'cells', numeric: true, cell: (change) => count(change.count) },
        ]}
      />}
    </div>
  )
}

const figures = [
  { name: 'missing', of: 'nulls' },
  { name: 'distinct', of: 'unique' },
  { name: 'least', of: 'min' },
  { name: 'mean', of: 'mean' },
  { name: 'most', of: 'max' },
] as const

/** What a column of numbers was and came to, where no single change is told. */
function Figures({ steps }: { readonly steps: PreviewSpecAnswer['steps'] }) {
  const rows = steps.flatMap(({ stats }) => Object.entries(stats).flatMap(([column, { before, after }]) => (before === undefined || after === undefined ? [] : figures.map(({ name, of }) => ({ column, name, before: before[of], after: after[of] })))))
  return (
    <StatTable
      caption="Figures of the column before and after"
      rows={rows.filter(({ before, after }) => before !== null || after !== null)}
      keyOf={({ column, name }, index) => `${column}:${name}:${index}`}
      columns={[
        { key: 'column', head: 'Column', cell: ({ column }) => <code>{column}</code> },
        { key: 'name', head: '', cell: ({ name }) => name },
        { key: 'before', head: 'before', numeric: true, cell: ({ before }) => (before === null ? 'none' : plain(before)) },
        { key: 'after', head: 'after', numeric: true, cell: ({ before, after }) => (after === null ? 'none' : before === after ? plain(after) : <ins>{plain(after)}</ins>) },
      ]}
    />
  )
}
