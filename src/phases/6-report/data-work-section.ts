import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Option } from '#core/decision'
import type { StepSpec } from '#core/pipeline-spec'
import type { Block, Cell } from './blocks.ts'
import { chosenOptions } from './chosen-options.ts'
import { figure, shortText } from './figure.ts'
import type { Material } from './material.ts'

/** Each step that was applied, with its counts and rows before and after, and each feature that was added. */
export function dataWorkSection({ labelled, featured, decisions }: Material): Block[] {
  const { spec } = featured ?? labelled
  const applied = decisions
    .filter(({ made }) => made.phase === 'data_preparation' || made.phase === 'feature_engineering')
    .flatMap((record) => {
      const { indices } = chosenOptions(record)
      return record.proposal.options.filter(({ index }) => indices.has(index))
    })
  const added = featured?.added ?? []
  const blocks: Block[] = [...findingsTable(decisions), ...applied.flatMap(optionBlocks)]
  if (added.length > 0) blocks.push({ kind: 'heading', text: 'Features that were added' }, addedTable(added))
  if (spec.steps.length > 0) blocks.push(stepTable(spec.steps))
  if (blocks.length === 0) return [{ kind: 'paragraph', text: 'Nothing was changed: the model reads the values as they stand in the file.' }]
  return blocks
}

/** Every finding that was offered with a remedy, and whether it was taken. */
function findingsTable(decisions: Material['decisions']): Block[] {
  const rows = decisions
    .filter(({ made }) => made.phase === 'data_preparation')
    .flatMap((record) => {
      const { indices } = chosenOptions(record)
      return record.proposal.options.map((option): Cell[] => [option.title, option.evidence[0]?.text ?? option.summary, indices.has(option.index) ? 'done' : 'left as it is'])
    })
  if (rows.length === 0) return []
  return [{ kind: 'table', title: 'What was found in the table, and what was done', columns: ['Finding', 'What shows it', 'Decided'].map((title) => ({ title, align: 'left' as const })), rows }]
}

function optionBlocks({ title, summary, evidence, risks }: Option): Block[] {
  const items = [...evidence.filter(({ data }) => !isTable(data)).map(({ text }) => text), ...risks.map((risk) => `Risk: ${risk}`)]
  const tables = evidence.flatMap(({ text, data }): Block[] => (isTable(data) ? [dataTable(text, rowsSchema.parse(data))] : []))
  return [{ kind: 'heading', text: title }, { kind: 'paragraph', text: summary }, ...(items.length === 0 ? [] : [{ kind: 'list', items } as const]), ...tables]
}

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
const rowsSchema = z.array(z.record(z.string(), cellSchema)).min(1)

function isTable(data: Json): boolean {
  return rowsSchema.safeParse(data).success
}

const mostRows = 10
/** A before/after table reads from left to right. */
const leading = ['row', 'column', 'before', 'after']

/** Rows of evidence as a table; a card shows no more of them. */
function dataTable(text: string, rows: z.infer<typeof rowsSchema>): Block {
  const found = new Set(rows.flatMap((row) => Object.keys(row)))
  const names = [...leading.filter((name) => found.has(name)), ...[...found].filter((name) => !leading.includes(name))]
  const numeric = (name: string): boolean => rows.every((row) => typeof (row[name] ?? 0) === 'number')
  return {
    kind: 'table',
    title: text,
    columns: names.map((name) => ({ title: name, align: numeric(name) ? 'right' : 'left' })),
    rows: rows.slice(0, mostRows).map((row) => names.map((name) => cellOf(row[name]))),
  }
}

function cellOf(value: z.infer<typeof cellSchema> | undefined): Cell {
  if (value === undefined || value === null) return 'missing'
  if (typeof value === 'number') return { value, text: shortText(value) }
  if (typeof value !== 'string') return String(value)
  return { code: value.trim() === '' ? JSON.stringify(value) : value }
}

function addedTable(added: NonNullable<Material['featured']>['added']): Block {
  return {
    kind: 'table',
    title: '',
    columns: ['Feature', 'Kind', 'Made from', 'How'].map((title) => ({ title, align: 'left' as const })),
    rows: added.map(({ name, kind, from, text }): Cell[] => [{ code: name }, kind, from.join(', '), text]),
  }
}

function stepTable(steps: readonly StepSpec[]): Block {
  return {
    kind: 'table',
    title: 'The pipeline, step by step',
    columns: ['', 'Step', 'Columns', 'Parameters'].map((title, i) => ({ title, align: i === 0 ? 'right' : 'left' })),
    rows: steps.map(({ type, columns, params, description }, i): Cell[] => [
      figure(i + 1),
      description === undefined ? type : `${description} (${type})`,
      columns === undefined ? 'all' : columns.join(', '),
      Object.keys(params).length === 0 ? 'none' : { code: JSON.stringify(params) },
    ]),
    note: 'These run in this order on every row, at training and at prediction alike.',
  }
}
