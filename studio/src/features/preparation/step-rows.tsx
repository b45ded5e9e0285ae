import { useQuery } from '@tanstack/react-query'
import { StatTable } from '#studio/components/stat-table.tsx'
import { client } from '#studio/lib/client.ts'
import { count, counted } from '#studio/lib/numbers.ts'
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
  if (changes.length === 0) return null
  const shown = changes.toSorted((one, other) => other.count - one.count).slice(0, mostChanges)
  return (
    <div className="stack">
      <p className="soft">Run alone on {preview.sampled ? `${count(preview.rows_before)} of ${count(preview.rows_total)} rows` : counted(preview.rows_before, 'row')}, it changes {counted(cells, 'cell')}{cells > shown.reduce((sum, change) => sum + change.count, 0) ? '; most often these' : ''}.</p>
      <StatTable
        caption="Values before and after, and how many cells"
        rows={shown}
        keyOf={({ column }, index) => `${column}:${index}`}
        columns={[
          { key: 'column', head: 'Column', cell: ({ column }) => <code>{column}</code> },
          { key: 'before', head: 'before', cell: ({ before }) => <del><Cell value={before} /></del> },
          { key: 'after', head: 'after', cell: ({ after }) => <ins><Cell value={after} /></ins> },
          { key: 'cells', head: 'cells', numeric: true, cell: (change) => count(change.count) },
        ]}
      />
    </div>
  )
}
