import type { Column } from '#core/dataset'
import type { Labelled } from '#core/outcomes'
import { emptyPipeline } from '#core/pipeline-spec'
import type { TaskName } from '#core/run-settings'
import { join, name, sql } from '#core/sql'
import type { Facts } from '#phases/phase'
import { type DataTools, factsOf } from '../../../tests/data-tools.ts'
import type { GeneratedColumn } from '../../../tests/generate-table.ts'

interface LabelRequest {
  readonly columns: readonly GeneratedColumn[]
  readonly label: string
  readonly task: TaskName
  readonly classes?: readonly string[]
  /** Name of the column that orders the rows in time. */
  readonly time?: string
}

/** A generated file as label_selection would hand it over: every fifth row sealed, each row a group of its own. */
export async function labelledFacts(bench: DataTools, request: LabelRequest): Promise<{ facts: Facts; labelled: Labelled }> {
  const raw = await bench.read(request.columns)
  const find = (wanted: string): Column => {
    const column = raw.columns.find((candidate) => candidate.name === wanted)
    if (column === undefined) throw new Error(`no column ${wanted}`)
    return column
  }
  const next = raw.columns.length
  const sealed: Column = { id: `c${next}`, name: 'sealed', type: 'boolean' }
  const group: Column = { id: `c${next + 1}`, name: 'group', type: 'integer' }
  const ids = join(raw.columns.map((column) => name(column.id)))
  const query = sql`select row_id, ${ids}, row_id % 5 = 4 as ${name(sealed.id)}, row_id as ${name(group.id)} from t`
  const { signal } = bench.tools
  const table = await bench.tools.data.materialise({ query, tables: { t: raw.hash }, columns: [...raw.columns, sealed, group] }, { signal })
  const label = find(request.label)
  const test = Math.floor(raw.rows / 5)
  const labelled: Labelled = {
    label,
    task: request.task,
    classes: request.classes === undefined ? null : [...request.classes],
    positive: request.task === 'binary' ? (request.classes?.[1] ?? null) : null,
    split: { kind: 'index', column: null, test: { index: [5, 4] } },
    spec: emptyPipeline,
    table,
    sealed: sealed.id,
    group: group.id,
    time: request.time === undefined ? null : find(request.time).id,
    weight: null,
    features: raw.columns.filter((column) => column !== label),
    left_out: [],
    rows: { labelled: raw.rows, unlabelled: 0, train: raw.rows - test, test, copies: 0, copies_across: 0 },
  }
  return { labelled, facts: factsOf(raw, { outcomes: { label_selection: labelled } }) }
}
