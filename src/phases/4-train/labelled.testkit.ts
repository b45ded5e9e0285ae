import type { Column } from '#core/dataset'
import type { Labelled } from '#core/outcomes'
import { emptyPipeline } from '#core/pipeline-spec'
import type { Cell } from '#core/ports'
import type { TaskName } from '#core/run-settings'
import type { Facts } from '#phases/phase'
import { type MadeColumn, type MadeTable, makeTable } from './memory-tools.testkit.ts'

interface LabelRequest {
  readonly columns: readonly MadeColumn[]
  readonly label: string
  readonly task: TaskName
  readonly positive?: string | null
  readonly drop?: readonly string[]
  /** Every so-maniest row is sealed. */
  readonly modulus?: number
  /** Group of each row; without it each row is its own. */
  readonly groups?: readonly number[]
  readonly split?: Labelled['split']
  /** Name of the column that orders the rows in time. */
  readonly time?: string
  /** Name of the column that weighs the rows. */
  readonly weight?: string
  readonly algorithm?: Facts['algorithm']
}

/** A label decision on a made table, as phase 2 would hand it over, and the facts around it. */
export function labelledOutcome(request: LabelRequest): { made: MadeTable; labelled: Labelled; facts: Facts } {
  const modulus = request.modulus ?? 5
  const rows = request.columns[0]?.cells.length ?? 0
  const sealed = Array.from({ length: rows }, (_, row): Cell => row % modulus === modulus - 1)
  const groups = Array.from({ length: rows }, (_, row): Cell => request.groups?.[row] ?? row)
  const raw = makeTable(request.columns)
  const made = makeTable([
    ...request.columns,
    { name: 'sealed', type: 'boolean', cells: sealed },
    { name: 'group', type: 'integer', cells: groups },
  ])
  const find = (name: string): Column => {
    const column = made.table.columns.findLast((candidate) => candidate.name === name)
    if (column === undefined) throw new Error(`no column ${name}`)
    return column
  }
  const label = find(request.label)
  const test = sealed.filter((flag) => flag === true).length
  const labelled: Labelled = {
    label,
    task: request.task,
    ...classesOf(request, made),
    split: request.split ?? { kind: 'index', column: null, test: { index: [modulus, modulus - 1] } },
    spec: emptyPipeline,
    table: made.table,
    sealed: find('sealed').id,
    group: find('group').id,
    time: request.time === undefined ? null : find(request.time).id,
    weight: request.weight === undefined ? null : find(request.weight),
    features: raw.table.columns.filter(
      (column) => column.name !== request.label && column.name !== request.weight && !request.drop?.includes(column.name),
    ),
    left_out: [],
    rows: { labelled: rows, unlabelled: 0, train: rows - test, test, copies: 0, copies_across: 0 },
  }
  const facts: Facts = {
    table: raw.table,
    texts: { user_query: null, target: null },
    task: null,
    test: { index: [modulus, modulus - 1] },
    algorithm: request.algorithm ?? 'xgm',
    run: null,
    outcomes: { label_selection: labelled },
    drafts: [],
  }
  return { made, labelled, facts }
}

function classesOf(
  { task, label, positive, columns }: LabelRequest,
  made: MadeTable,
): Pick<Labelled, 'classes' | 'positive'> {
  if (task === 'regression') return { classes: null, positive: null }
  const at = made.table.columns.findIndex((column) => column.name === label)
  const classes = [...new Set(columns[at]?.cells.map(String))].sort()
  if (task === 'multiclass') return { classes, positive: null }
  const chosen = positive ?? classes[1] ?? ''
  return { classes: [...classes.filter((name) => name !== chosen), chosen], positive: chosen }
}
