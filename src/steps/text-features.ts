import { z } from 'zod'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, sql } from '#core/sql'
import { defineStep, type StepUse } from './define-step.ts'
import { namesParam } from './list-params.ts'
import type { TextFigure } from './portable-step.ts'
import { artefactCounts, firstCharacters, firstCharactersSql, textCounts } from './text-counts.ts'
import { keywordSlug, textKeyword } from './text-keyword.ts'

const paramsSchema = z.strictObject({
  columns: namesParam,
  features: z.union([z.string(), z.array(z.string())]).nullish(),
  keywords: z.union([z.string(), z.array(z.string())]).nullish(),
  case_sensitive: z.boolean().default(false),
  feature_set_version: z.literal(1).default(1),
  max_chars: z.int().min(1).default(10_000),
  drop_original: z.boolean().default(true),
})
type Params = z.infer<typeof paramsSchema>

const mostKeywords = 100
const longestKeyword = 100

/** Free text becomes numbers: lengths, counts and shares, and whether keywords occur as whole words. */
export const textFeatures = defineStep<Params>({
  type: 'TextFeaturesTransformer',
  rowwise: true,
  params: paramsSchema,
  namedColumns: ({ columns }) => (columns.length === 0 ? null : columns),
  needsColumns: true,
  contract({ params, scope }) {
    const wrong = faultOf(params, scope)
    if (wrong !== null) return refuse('CUSTOM_REFUSED', wrong)
    const keywords = readKeywords(params)
    if (!keywords.ok) return keywords
    const ids = scope.map((column) => column.id)
    return accept({
      reads: ids,
      changes: [],
      creates: figuresOf(params, scope).map((figure) => ({ name: `${figure.column.name}__${figure.suffix}`, type: figure.share ? 'number' : 'integer', from: [figure.column.id], after: null })),
      drops: params.drop_original ? ids : [],
      renames: [],
    })
  },
  describe(use, column) {
    const figure = madeBy(use).find(({ id }) => id === column.id)
    if (figure === undefined) return 'leaves the table once its figures are taken'
    return figure.keyword === null ? `${figure.suffix} of ${figure.column.name}` : `1 where ${figure.column.name} has ${JSON.stringify(figure.keyword)} as a whole word, else 0`
  },
  sql(use) {
    const read = (column: Column): string => `${column.id}_read`
    return {
      layers: [use.scope.map((column) => ({ id: read(column), expression: firstCharactersSql(name(column.id), use.params.max_chars) }))],
      assign: madeBy(use).map((figure) => ({ id: figure.id, expression: sql`case when ${name(figure.column.id)} is not null then ${figure.sql(name(read(figure.column)))} end` })),
    }
  },
  row(use) {
    const figures = madeBy(use)
    const dropped = new Set(use.params.drop_original ? use.scope.map((column) => column.id) : [])
    return function takeFigures(row) {
      const next: Record<string, Cell> = {}
      for (const [id, cell] of Object.entries(row)) if (!dropped.has(id)) next[id] = cell
      for (const { id, column, of } of figures) {
        const cell = row[column.id] ?? null
        next[id] = cell === null ? null : of(firstCharacters(String(cell), use.params.max_chars))
      }
      return next
    }
  },
  portable: (use) =>
    use.scope.map((column) => {
      const figures = madeBy(use).filter((figure) => figure.column.id === column.id).map(({ id, portable }) => ({ to: id, ...portable }))
      return { op: 'figures', from: column.id, most: use.params.max_chars, figures }
    }),
})

function listOf(given: string | readonly string[] | null | undefined): readonly string[] | null {
  if (given === null || given === undefined) return null
  return typeof given === 'string' ? [given].filter((one) => one !== '') : given
}

/** In the order of the version, whatever the order that they are named in. */
function countsOf(params: Params): string[] {
  const asked = listOf(params.features)
  return Object.keys(textCounts).filter((one) => (asked === null ? !artefactCounts.includes(one) : asked.includes(one)))
}

function faultOf(params: Params, scope: readonly Column[]): string | null {
  const other = scope.find((column) => column.type !== 'text')
  if (other !== undefined) return `the column "${other.name}" holds ${other.type}, not text.`
  const unknown = listOf(params.features)?.find((one) => !(one in textCounts))
  if (unknown !== undefined) return `the feature ${JSON.stringify(unknown)} is unknown; there are ${Object.keys(textCounts).join(', ')}.`
  const keywords = listOf(params.keywords) ?? []
  if (countsOf(params).length + keywords.length === 0) return 'it has neither features nor keywords, so that nothing would be made.'
  return keywords.length > mostKeywords ? `at most ${mostKeywords} keywords are taken, not ${keywords.length}.` : null
}

interface Keyword {
  readonly keyword: string
  readonly slug: string
}

function readKeywords(params: Params): Result<Keyword[]> {
  const found: Keyword[] = []
  for (const keyword of listOf(params.keywords) ?? []) {
    if (keyword.trim() === '') return refuse('CUSTOM_REFUSED', 'a keyword is empty.')
    if (keyword.length > longestKeyword) return refuse('CUSTOM_REFUSED', `the keyword ${JSON.stringify(`${keyword.slice(0, 20)}…`)} is longer than ${longestKeyword} characters.`)
    const slug = keywordSlug(keyword)
    const same = found.find((other) => other.slug === slug)
    if (same !== undefined) return refuse('CUSTOM_REFUSED', `the keywords ${JSON.stringify(same.keyword)} and ${JSON.stringify(keyword)} would give columns of one name; keep one.`)
    found.push({ keyword, slug })
  }
  return accept(found)
}

interface Figure {
  readonly column: Column
  readonly suffix: string
  readonly keyword: string | null
  readonly share: boolean
  readonly sql: (text: ReturnType<typeof name>) => ReturnType<typeof name>
  readonly of: (text: string) => number
  readonly portable: Omit<TextFigure, 'to'>
}

function figuresOf(params: Params, scope: readonly Column[]): Figure[] {
  const keywords = readKeywords(params)
  if (!keywords.ok) throw new Error(keywords.refusal.message)
  return scope.flatMap((column) => [
    ...countsOf(params).flatMap((suffix): Figure[] => {
      const count = textCounts[suffix]
      return count === undefined ? [] : [{ column, suffix, keyword: null, ...count }]
    }),
    ...keywords.value.map(({ keyword, slug }): Figure => ({ column, suffix: `kw_${slug}`, keyword, share: false, ...textKeyword(keyword, params.case_sensitive) })),
  ])
}

function madeBy({ params, scope, created }: StepUse<Params>): (Figure & { readonly id: string })[] {
  return figuresOf(params, scope).flatMap((figure, i) => {
    const id = created[i]?.id
    return id === undefined ? [] : [{ ...figure, id }]
  })
}
