import type { ColumnProfile } from '#core/dataset'
import type { Block, Cell, Fact } from './blocks.ts'
import { countText, figure, percentFigure, shortText, timeText } from './figure.ts'
import type { Material } from './material.ts'

const splitTexts: Readonly<Record<string, string>> = {
  random: 'at random',
  group: 'by group: rows of one group stay on one side',
  time: 'by time: the latest rows are sealed',
  index: 'by row number',
}

const taskTexts: Readonly<Record<string, string>> = {
  binary: 'One of two classes',
  multiclass: 'One of several classes',
  regression: 'A number',
}

/** What was asked, and the table it was asked of. */
export function questionSection(material: Material): Block[] {
  const { facts, run, labelled } = material
  const asked: Fact[] = [
    { label: 'Question', value: facts.texts.user_query ?? 'Not provided by whoever started the run' },
    { label: 'Description', value: run.description === '' ? 'Not provided by whoever started the run' : run.description },
    { label: 'Predicted column', value: { code: labelled.label.name } },
    { label: 'Kind of prediction', value: taskTexts[labelled.task] ?? labelled.task },
    ...(labelled.positive === null ? [] : [{ label: 'Positive class', value: { code: labelled.positive } }]),
    ...(labelled.task === 'multiclass' ? [{ label: 'Classes', value: (labelled.classes ?? []).join(', ') }] : []),
    { label: 'Run started', value: timeText(run.started_at) },
  ]
  return [
    { kind: 'facts', facts: asked },
    { kind: 'heading', text: 'The table' },
    { kind: 'facts', facts: tableFacts(material) },
    columnTable(material),
  ]
}

function tableFacts({ facts, labelled, prepared, profile }: Material): Fact[] {
  const { rows } = labelled
  const copies = prepared?.copies ?? rows.copies
  return [
    { label: 'Rows', value: figure(facts.table.rows) },
    { label: 'Columns', value: figure(facts.table.columns.length) },
    { label: 'Empty cells', value: emptyCells(profile.columns.map(({ missing }) => missing), facts.table.rows) },
    { label: 'Rows that repeat an earlier row', value: figure(copies) },
    { label: 'Rows with a label', value: figure(rows.labelled, { key: 'rows.labelled' }) },
    { label: 'Rows without a label, left out', value: figure(rows.unlabelled, { key: 'rows.unlabelled' }) },
    { label: 'Training rows', value: figure(rows.train, { key: 'rows.train' }) },
    { label: 'Sealed test rows', value: figure(rows.test, { key: 'rows.test' }) },
    { label: 'How they were split', value: splitText(labelled.split) },
    ...(rows.copies_across > 0 ? [{ label: 'Sealed rows that equal a training row', value: figure(rows.copies_across) }] : []),
  ]
}

function emptyCells(missing: readonly number[], rows: number): Cell {
  const cells = missing.length * rows
  const empty = missing.reduce((sum, count) => sum + count, 0)
  return cells === 0 ? figure(0) : percentFigure(empty / cells)
}

function splitText({ kind, column, test }: Material['labelled']['split']): string {
  const how = splitTexts[kind] ?? kind
  const by = column === null ? '' : ` ("${column}")`
  return 'index' in test ? `${how}: each whose number among rows with a label is ${test.index[1]} modulo ${test.index[0]}` : `${how}${by}, share ${test.share}`
}

function columnTable({ profile, facts }: Material): Block {
  const rows = profile.columns.map((column): Cell[] => [
    { code: column.name },
    column.type,
    facts.table.rows === 0 ? null : { share: column.missing / facts.table.rows, figure: percentFigure(column.missing / facts.table.rows) },
    figure(column.distinct),
    valuesText(column),
  ])
  return {
    kind: 'table',
    title: 'Columns as they were read',
    columns: [
      { title: 'Column', align: 'left' },
      { title: 'Type', align: 'left' },
      { title: 'Missing', align: 'right' },
      { title: 'Distinct', align: 'right' },
      { title: 'Values', align: 'left' },
    ],
    rows,
    note: `Over all ${countText(profile.rows, 'row')}, sealed ones included.`,
  }
}

/** The range of a number, or the most frequent values of anything else. */
function valuesText({ type, numeric, top }: ColumnProfile): string {
  if (numeric !== null && (type === 'number' || type === 'integer')) return `${shortText(numeric.min)} to ${shortText(numeric.max)}, mean ${shortText(numeric.mean)}`
  const shown = top.slice(0, 3).map(({ value, count }) => `${value} (${count.toLocaleString('en-US')})`)
  return shown.length === 0 ? 'empty' : shown.join(', ')
}
