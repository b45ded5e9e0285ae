import { z } from 'zod'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, number, sql, type Sql } from '#core/sql'
import { defineStep, type StepUse } from './define-step.ts'
import { numericTokenPattern, numericTokenReader, tokenFolding } from './numeric-token.ts'
import { defaultNumericTextParams, numericTextOptions, type NumericTextOptions } from './numeric-token-options.ts'
import { mappedNumberSql, numericTokenSql } from './numeric-token-sql.ts'
import { foldPairs } from './portable-step.ts'
import type { FitSource, NamedSql } from './step-type.ts'

const defaults = defaultNumericTextParams
const paramsSchema = z.strictObject({
  columns: z.union([z.string(), z.array(z.string())]).optional(),
  percent: z.string().default(defaults.percent),
  thousands: z.string().nullable().default(defaults.thousands),
  decimal: z.string().default(defaults.decimal),
  currency: z.union([z.string(), z.array(z.string())]).nullable().default('$€£¥₹'),
  negative_parens: z.boolean().default(true),
  units: z.boolean().default(true),
  ranges: z.string().nullable().default(defaults.ranges),
  mapping: z.record(z.string(), z.number().nullable()).nullable().default(null),
  na_values: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]).nullable().default(null),
  suffix: z.string().nullish(),
})
type Params = z.infer<typeof paramsSchema>

/** Numbers stored as text become numbers; what does not read as one becomes missing. */
export const parseNumeric = defineStep<Params>({
  type: 'ParseNumericTransformer',
  rowwise: true,
  params: paramsSchema,
  namedColumns: ({ columns }) => (columns === undefined ? null : typeof columns === 'string' ? [columns] : columns),
  needsColumns: true,
  contract({ params, scope }) {
    const options = numericTextOptions(params)
    if (!options.ok) return options
    const dated = scope.find((column) => column.type === 'date' || column.type === 'timestamp')
    if (dated !== undefined) return refuse('CUSTOM_REFUSED', `the column "${dated.name}" holds dates, not numbers written as text.`)
    const ids = scope.map((column) => column.id)
    if (params.suffix) {
      const creates = scope.map((column) => ({ name: `${column.name}${params.suffix}`, type: 'number' as const, from: [column.id], after: column.id }))
      return accept({ reads: ids, changes: [], creates, drops: [], renames: [] })
    }
    return accept({ reads: ids, changes: ids.map((id) => ({ id, type: 'number' as const })), creates: [], drops: [], renames: [] })
  },
  describe: () => 'numbers written as text are read as numbers',
  fit: async (use, source) => refuseWhereNothingParses(use, source),
  sql(use) {
    const options = optionsOf(use.params)
    const [compact, form, groups]: [NamedSql[], NamedSql[], NamedSql[]] = [[], [], []]
    const assign = use.scope.map((column, i): NamedSql => {
      const id = use.created[i]?.id ?? column.id
      if (column.type !== 'text') return { id, expression: numberSql(column, options) }
      const layer = (what: string): string => `${column.id}_${what}`
      const names = { text: name(column.id), compact: name(layer('compact')), form: name(layer('form')), groups: name(layer('groups')) }
      const made = numericTokenSql(options, names)
      compact.push({ id: layer('compact'), expression: made.compact })
      form.push({ id: layer('form'), expression: made.form })
      groups.push({ id: layer('groups'), expression: made.groups })
      return { id, expression: made.value }
    })
    return { layers: [compact, form, groups], assign }
  },
  row(use) {
    const parse = cellParser(optionsOf(use.params))
    return function parseCells(row) {
      const next: Record<string, Cell> = { ...row }
      use.scope.forEach((column, i) => {
        next[use.created[i]?.id ?? column.id] = parse(row[column.id] ?? null)
      })
      return next
    }
  },
  portable({ params, scope, created }) {
    const { textMap, valueMap, missing, missingNumbers, currency: _currency, ...options } = optionsOf(params)
    const words = { ...options, pattern: numericTokenPattern(optionsOf(params)), texts: [...textMap], values: [...valueMap], gaps: [...missing], gapNumbers: [...missingNumbers] }
    const fold = foldPairs(tokenFolding(optionsOf(params)))
    return scope.map((column, i) => ({ op: 'parse', from: column.id, to: created[i]?.id ?? column.id, ...words, fold, caseSensitive: false }))
  },
})

function optionsOf(params: Params): NumericTextOptions {
  const options = numericTextOptions(params)
  if (!options.ok) throw new Error(options.refusal.message)
  return options.value
}

function numberSql(column: Column, options: NumericTextOptions): Sql {
  const cell = name(column.id)
  const value = column.type === 'boolean' ? sql`case when ${cell} then 1e0 when not ${cell} then 0e0 end` : sql`cast(${cell} as double)`
  return mappedNumberSql(options)(value)
}

function cellParser(options: NumericTextOptions): (cell: Cell) => number | null {
  const read = numericTokenReader(options)
  return (cell) => {
    if (cell === null) return null
    if (typeof cell === 'string') {
      const token = read(cell)
      return token.status === 'parsed' ? token.value : null
    }
    const value = Number(cell)
    if (options.missingNumbers.has(value)) return null
    const mapped = options.valueMap.get(value)
    return mapped === undefined ? value : mapped
  }
}

/** As the package does at fit: a column of which no value reads as a number is not one of numbers as text. */
async function refuseWhereNothingParses(use: StepUse<Params>, source: FitSource): Promise<Result<Record<string, never>>> {
  const parser = cellParser(optionsOf(use.params))
  const read = numericTokenReader(optionsOf(use.params))
  for (const column of use.scope.filter((candidate) => candidate.type === 'text')) {
    const values = sql`select ${name(column.id)} as value, count(*) as rows from (${source.rows}) t where ${name(column.id)} is not null group by 1 order by rows desc, value limit ${number(1000)}`
    const frequent = await source.data.query(values, source)
    const texts = frequent.map((row) => row.value).filter((value): value is string => typeof value === 'string')
    const wrong = texts.filter((text) => read(text).status === 'unparsed')
    if (wrong.length > 0 && !texts.some((text) => parser(text) !== null) && texts.length < 1000) {
      return refuse('CUSTOM_REFUSED', `no value of "${column.name}" reads as a number, for example ${wrong.slice(0, 3).map((text) => JSON.stringify(text)).join(', ')}.`)
    }
  }
  return accept({})
}
