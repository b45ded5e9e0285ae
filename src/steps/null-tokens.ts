import { z } from 'zod'
import { accept, refuse } from '#core/errors'
import { name, number, sql, type Sql } from '#core/sql'
import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { compactText } from './compact-text.ts'
import { defineStep, type StepUse } from './define-step.ts'
import { foldingFor, foldText } from './fold-text.ts'
import { missingTokens } from './missing-tokens.ts'
import { foldPairs } from './portable-step.ts'
import { compactSql, foldSql, isOneOfSql } from './text-sql.ts'

const paramsSchema = z.strictObject({
  tokens: z.union([z.string(), z.array(z.string())]).nullish(),
  values: z.union([z.number(), z.array(z.number())]).nullish(),
  strip: z.boolean().default(true),
  case_sensitive: z.boolean().default(false),
  flag_suffix: z.string().min(1).nullish(),
})
type Params = z.infer<typeof paramsSchema>

/** Placeholder text and sentinel numbers become missing values; with `flag_suffix`, 0/1 columns tell where. */
export const nullTokens = defineStep<Params>({
  type: 'NullTokensTransformer',
  rowwise: true,
  params: paramsSchema,
  contract({ params, scope }) {
    if (scope.length === 0) return refuse('CUSTOM_REFUSED', 'the table has no column.')
    return accept({
      reads: scope.map((column) => column.id),
      changes: scope.map((column) => ({ id: column.id, type: column.type })),
      creates: flagNames(params, scope).map((flag) => ({ name: flag.name, type: 'integer' as const, from: [flag.from.id], after: null })),
      drops: [],
      renames: [],
    })
  },
  describe({ params, created }, column) {
    if (created.some((flag) => flag.id === column.id)) return '1 where a placeholder was replaced, else 0'
    const tokens = tokenList(params).map((token) => JSON.stringify(token)).join(', ')
    const values = numberList(params).join(', ')
    return [tokens === '' ? '' : `placeholders become missing: ${tokens}`, values === '' ? '' : `numbers become missing: ${values}`].filter(Boolean).join('; ')
  },
  sql(use) {
    const hit = hitSql(use.params)
    const flags = flagNames(use.params, use.scope)
    return {
      layers: [],
      assign: [
        ...use.scope.map((column) => ({ id: column.id, expression: sql`case when ${hit(column)} then null else ${name(column.id)} end` })),
        ...flags.flatMap((flag, i) => {
          const made = use.created[i]
          return made === undefined ? [] : [{ id: made.id, expression: sql`case when ${hit(flag.from)} then 1 else 0 end` }]
        }),
      ],
    }
  },
  row(use) {
    const hit = hitCell(use.params)
    const flags = flagNames(use.params, use.scope)
    return function replaceTokens(row) {
      const next: Record<string, Cell> = { ...row }
      for (const column of use.scope) if (hit(row[column.id] ?? null)) next[column.id] = null
      flags.forEach((flag, i) => {
        const made = use.created[i]
        if (made !== undefined) next[made.id] = hit(row[flag.from.id] ?? null) ? 1 : 0
      })
      return next
    }
  },
  portable({ params, scope, created }) {
    const keys = tokenKeys(params)
    const one = { op: 'tokens', strip: params.strip, keys, numbers: numberList(params), fold: foldPairs(foldingFor(keys)), caseSensitive: params.case_sensitive } as const
    const flags = flagNames(params, scope).flatMap(({ from }, i) => (created[i] === undefined ? [] : [{ ...one, from: from.id, to: created[i].id }]))
    return [...flags, ...scope.map(({ id }) => ({ ...one, from: id, to: null }))]
  },
})

function flagNames(params: Params, scope: StepUse<Params>['scope']): { name: string; from: Column }[] {
  const suffix = params.flag_suffix
  return typeof suffix === 'string' ? scope.map((from) => ({ name: `${from.name}${suffix}`, from })) : []
}

function tokenList(params: Params): readonly string[] {
  if (params.tokens === null || params.tokens === undefined) return missingTokens
  return typeof params.tokens === 'string' ? [params.tokens] : params.tokens
}

function numberList(params: Params): readonly number[] {
  if (params.values === null || params.values === undefined) return []
  return typeof params.values === 'number' ? [params.values] : params.values
}

function tokenKeys(params: Params): string[] {
  const keys = tokenList(params).map((token) => {
    const text = params.strip ? compactText(token) : token
    return params.case_sensitive ? text : foldText(text)
  })
  return [...new Set(keys)]
}

function hitSql(params: Params): (column: Column) => Sql {
  const keys = tokenKeys(params)
  const folding = foldingFor(keys)
  const numbers = numberList(params)
  return (column) => {
    const cell = name(column.id)
    if (column.type === 'text') {
      const text = params.strip ? compactSql(cell) : cell
      return sql`coalesce(${isOneOfSql(params.case_sensitive ? text : foldSql(text, folding), keys)}, false)`
    }
    if ((column.type !== 'number' && column.type !== 'integer') || numbers.length === 0) return sql`false`
    const tests = numbers.map((value) => sql`${cell} = ${number(value)}`)
    return sql`coalesce(${tests.reduce((all, next) => sql`${all} or ${next}`)}, false)`
  }
}

function hitCell(params: Params): (cell: Cell) => boolean {
  const keys = new Set(tokenKeys(params))
  const { fold } = foldingFor(keys)
  const numbers = new Set(numberList(params))
  return (cell) => {
    if (typeof cell === 'number') return numbers.has(cell)
    if (typeof cell !== 'string') return false
    const text = params.strip ? compactText(cell) : cell
    return keys.has(params.case_sensitive ? text : fold(text))
  }
}
