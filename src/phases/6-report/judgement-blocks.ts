import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Block, Cell, Column } from './blocks.ts'
import { figure } from './figure.ts'
import { jsonBlocks } from './json-blocks.ts'

const measuredSchema = z.object({ value: z.number(), low: z.number(), high: z.number() })

/** What deployment measured of a model, as far as it is drawn here. */
const judgementSchema = z.object({
  checks: z.array(z.object({ id: z.string(), passed: z.boolean(), text: z.string() })),
  fairness: z.array(
    z.object({
      column: z.string(),
      input: z.boolean(),
      largest: z.string(),
      compared: z.string(),
      groups: z.array(
        z.object({
          group: z.string(),
          rows: z.number(),
          verdict: z.string(),
          measures: z.record(z.string(), measuredSchema.nullable()),
          ratio: z.number().nullable(),
          four_fifths: z.string().nullable(),
          apart: z.boolean(),
        }),
      ),
    }),
  ),
  worst_gap: z.string().nullish(),
  notes: z.array(z.string()).nullish(),
})
type Judgement = z.infer<typeof judgementSchema>

/** The checks before a deployment and the measures by group; a judgement of another form is shown as it is. */
export function judgementBlocks(judgement: Json): Block[] {
  const read = judgementSchema.safeParse(judgement)
  if (!read.success) return jsonBlocks(judgement)
  const { checks, fairness, worst_gap: gap, notes } = read.data
  const blocks: Block[] = [checkTable(checks)]
  if (fairness.length > 0) blocks.push({ kind: 'heading', text: 'By group, on the sealed rows' })
  if (typeof gap === 'string') blocks.push({ kind: 'paragraph', text: gap })
  blocks.push(...fairness.map(groupTable))
  if (fairness.length === 0) blocks.push({ kind: 'missing', text: 'Not provided: no column has few enough values to compare groups by.' })
  if (notes !== null && notes !== undefined && notes.length > 0) blocks.push({ kind: 'list', items: notes })
  return blocks
}

function checkTable(checks: Judgement['checks']): Block {
  return {
    kind: 'table',
    title: 'Checks before the deployment',
    columns: ['Check', 'Passed', 'What was measured'].map((title) => ({ title, align: 'left' as const })),
    rows: checks.map(({ id, passed, text }): Cell[] => [words(id), passed ? 'yes' : 'no', text]),
  }
}

function groupTable({ column, input, largest, compared, groups }: Judgement['fairness'][number]): Block {
  const known = new Set(groups.flatMap(({ measures }) => Object.keys(measures)))
  const others = [...known].filter((name) => name !== compared)
  const right = (title: string): Column => ({ title, align: 'right' })
  const columns: Column[] = [{ title: 'Group', align: 'left' }, right('Rows'), right(words(compared)), right('Ratio'), { title: 'Against the largest', align: 'left' }, ...others.map((name) => right(words(name)))]
  const rows = groups.map((group): Cell[] => [
    { code: group.group },
    figure(group.rows),
    measured(group, compared),
    group.ratio === null ? null : figure(group.ratio, { decimals: 3 }),
    group.group === largest ? 'is the largest' : standing(group),
    ...others.map((name) => measured(group, name)),
  ])
  const read = input ? 'The model reads this column.' : 'The model does not read this column.'
  return { kind: 'table', title: column, columns, rows, note: `${read} Ratio: ${words(compared).toLowerCase()} to that of "${largest}". Below each number: its 95 % interval.` }
}

function standing({ verdict, four_fifths: line, apart }: Judgement['fairness'][number]['groups'][number]): string {
  if (verdict === 'too few') return 'too few rows to tell'
  const difference = apart ? 'the intervals lie apart' : 'not distinguishable'
  if (line === 'below') return `below the four-fifths line; ${difference}`
  return line === 'above' ? `above the inverse of the four-fifths line; ${difference}` : difference
}

function measured({ verdict, measures }: Judgement['fairness'][number]['groups'][number], name: string): Cell {
  const one = measures[name] ?? null
  if (one === null) return verdict === 'too few' ? verdict : null
  const decimals = Math.abs(one.value) >= 100 ? 1 : 3
  return { figure: figure(one.value, { decimals }), interval: [figure(one.low, { decimals }), figure(one.high, { decimals })] }
}

function words(name: string): string {
  const text = name.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
