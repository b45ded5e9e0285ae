import type { Column } from '#core/dataset'
import { plainJson } from '#core/plain-json'
import { countMaps, crossTable, labelFrequencies, screenRows, type LabelledRows, type MapCounts } from './count-maps.ts'
import { chanceWords, logChanceOfMap, logProof } from './log-chance.ts'
import type { LabelProxy } from './label-proxy.ts'
import type { CountedColumn } from './counted-column.ts'

/** More numbers than this are a measure, not codes: a map from them is a threshold, which is told and not acted on. */
const mostCodes = 20

/**
 * Columns whose values name the label: each value goes with one label on every row that has both. Proven only where
 * values repeat enough that shuffled labels would do the same with a probability below 1e-6.
 */
export async function findMapProxies(rows: LabelledRows, columns: readonly CountedColumn[], labelled: number): Promise<LabelProxy[]> {
  const repeating = columns.filter((column) => column.distinct >= 2 && column.distinct <= Math.max(2, labelled / 5))
  const step = Math.floor(rows.table.rows / screenRows)
  const screened = step <= 1 ? repeating : await screen(rows, repeating, step)
  const counts = new Map((await countMaps(rows, screened, 1)).map((count) => [count.id, count]))
  const found: LabelProxy[] = []
  for (const column of screened) {
    const count = counts.get(column.id)
    if (count === undefined || count.rows === 0) continue
    const proxy = await judge(rows, { column, count, labelled })
    if (proxy !== null) found.push(proxy)
  }
  return found
}

async function screen(rows: LabelledRows, columns: readonly CountedColumn[], step: number): Promise<CountedColumn[]> {
  const counts = new Map((await countMaps(rows, columns, step)).map((count) => [count.id, count]))
  return columns.filter((column) => {
    const count = counts.get(column.id)
    return count === undefined || count.rows === 0 || count.agreeing >= count.rows * 0.98
  })
}

interface Judged {
  readonly column: CountedColumn
  readonly count: MapCounts
  readonly labelled: number
}

async function judge(rows: LabelledRows, judged: Judged): Promise<LabelProxy | null> {
  const { column, count, labelled } = judged
  const errors = count.rows - count.agreeing
  if (errors > count.rows * 0.01) return null
  const frequencies = await labelFrequencies(rows, column)
  const classes = frequencies.reduce((sum, { times }) => sum + times, 0)
  const largest = Math.max(...frequencies.map((one) => one.rows))
  if (classes < 2) return null
  if (errors > 0) return errors > (count.rows - largest) * 0.05 || count.rows - count.values < 30 ? null : nearProxy(rows, judged, errors)
  const chance = logChanceOfMap(count.values, frequencies)
  if (chance > Math.log(0.05)) return null
  const covers = count.rows >= labelled / 2
  const repeats = count.repeated >= count.rows * 0.9 && (column.type === 'text' || column.type === 'boolean' ? count.values <= count.rows / 10 || count.values === classes : count.values <= mostCodes)
  const proven = chance < logProof && covers && repeats
  return {
    column: column.id, name: column.name, proven,
    text: perfectText(rows.label, judged, { classes, chance, proven }),
    data: plainJson({ rows: count.rows, values: count.values, labels: classes, exceptions: 0, chance: chanceWords(chance), cross_table: await crossTable(rows, column, 20) }),
  }
}

function perfectText(label: Column, { column, count, labelled }: Judged, told: { classes: number; chance: number; proven: boolean }): string {
  const where = count.rows === labelled ? `all ${count.rows.toLocaleString('en-US')} labelled rows` : `all ${count.rows.toLocaleString('en-US')} of ${labelled.toLocaleString('en-US')} labelled rows that have it`
  const both = count.values === told.classes ? ', and each label one value' : ''
  const says = told.proven ? `"${column.name}" says "${label.name}" in other words` : `"${column.name}" tells "${label.name}"`
  return `${says}: on ${where}, each of its ${count.values.toLocaleString('en-US')} values goes with one label${both}. Shuffled labels would agree like that with a probability ${chanceWords(told.chance)}.`
}

async function nearProxy(rows: LabelledRows, { column, count }: Judged, errors: number): Promise<LabelProxy> {
  const share = (count.agreeing / count.rows) * 100
  return {
    column: column.id, name: column.name, proven: false,
    text: `"${column.name}" nearly says "${rows.label.name}": knowing it gives the right label on ${count.agreeing.toLocaleString('en-US')} of ${count.rows.toLocaleString('en-US')} rows (${share.toFixed(2)} %).`,
    data: plainJson({ rows: count.rows, values: count.values, exceptions: errors, cross_table: await crossTable(rows, column, 20) }),
  }
}
