import type { ColumnType } from '#core/dataset'
import type { Repair } from './header-names.ts'
import type { Session, Shape } from './session.ts'

/** How one column of a Parquet file becomes one of ours. */
export interface ParquetCast {
  readonly type: ColumnType
  readonly expression: string
  readonly repairs: readonly Repair[]
}

interface Rule {
  readonly when: RegExp
  readonly type: ColumnType
  readonly cast: (cell: string) => string
  /** Cells that the cast must lose, or that it changes: counted, and said. */
  readonly odd?: { readonly code: string; readonly detail: string; readonly test: (cell: string) => string }
  /** What to do instead where there are odd cells. */
  readonly otherwise?: { readonly type: ColumnType; readonly cast: (cell: string) => string }
}

const text = (cell: string) => `CAST(${cell} AS VARCHAR)`
const utc = (cell: string) => `CAST(CAST(${cell} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)`
const finite = (type: string) => (cell: string) =>
  `CASE WHEN isfinite(CAST(${cell} AS ${type})) THEN CAST(${cell} AS ${type}) END`
const notFinite = (cell: string) => `NOT isfinite(${cell})`

const rules: readonly Rule[] = [
  {
    when: /^(TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT|UINTEGER)$/,
    type: 'integer',
    cast: (cell) => `CAST(${cell} AS BIGINT)`,
  },
  {
    when: /^(BIGINT|UBIGINT|HUGEINT|UHUGEINT|DECIMAL\(\d+,\s*0\))$/,
    type: 'integer',
    cast: (cell) => `CAST(${cell} AS BIGINT)`,
    odd: {
      code: 'large_integers',
      detail: 'whole numbers beyond 2^53 were kept as text',
      test: (cell) => `${cell} > 9007199254740992 OR ${cell} < -9007199254740992`,
    },
    otherwise: { type: 'text', cast: text },
  },
  {
    when: /^(FLOAT|DOUBLE)$/,
    type: 'number',
    cast: finite('DOUBLE'),
    odd: { code: 'not_finite', detail: 'NaN and infinite numbers were read as missing', test: notFinite },
  },
  { when: /^DECIMAL/, type: 'number', cast: (cell) => `CAST(${cell} AS DOUBLE)` },
  { when: /^BOOLEAN$/, type: 'boolean', cast: (cell) => cell },
  {
    when: /^DATE$/,
    type: 'date',
    cast: finite('DATE'),
    odd: { code: 'not_finite', detail: 'infinite dates were read as missing', test: notFinite },
  },
  {
    when: /^TIMESTAMP WITH TIME ZONE$/,
    type: 'timestamp',
    cast: utc,
    odd: {
      code: 'time_zone',
      detail: 'times with a zone were converted to UTC',
      test: (cell) => `${cell} IS NOT NULL`,
    },
  },
  {
    when: /^TIMESTAMP/,
    type: 'timestamp',
    cast: finite('TIMESTAMP'),
    odd: {
      code: 'not_finite',
      detail: 'infinite times were read as missing',
      test: (cell) => `NOT isfinite(CAST(${cell} AS TIMESTAMP))`,
    },
  },
  {
    when: /(\[\d*\]$|^(STRUCT|MAP|UNION|JSON|LIST))/,
    type: 'text',
    cast: (cell) => `CAST(to_json(${cell}) AS VARCHAR)`,
    odd: { code: 'nested', detail: 'nested values were written as JSON text', test: (cell) => `${cell} IS NOT NULL` },
  },
  { when: /^BLOB$/, type: 'text', cast: (cell) => `coalesce(TRY(decode(${cell})), hex(${cell}))` },
]

const anyOther: Rule = { when: /./, type: 'text', cast: text }

const countsAQuery = 200

/** Chooses the cast of each column by its type and, where a cast might lose something, by its values. */
export async function parquetCasts(session: Session, shape: readonly Shape[]): Promise<ParquetCast[]> {
  const casts: ParquetCast[] = []
  for (let start = 0; start < shape.length; start += countsAQuery) {
    const batch = shape.slice(start, start + countsAQuery).map((column, i) => {
      const rule = rules.find(({ when }) => when.test(column.type)) ?? anyOther
      return { rule, cell: `u${start + i}`, name: column.name }
    })
    const tests = batch.map(({ rule, cell }) =>
      rule.odd === undefined ? '0' : `count(*) FILTER (WHERE ${rule.odd.test(cell)})`,
    )
    const answer = await session.stream({ parts: [`SELECT ${tests.join(', ')} FROM uploaded`], values: [] })
    const counts: number[] = []
    for await (const chunk of answer.chunks) if (counts.length === 0) counts.push(...chunk.getRowValues(0).map(Number))
    casts.push(...batch.map((column, i) => castOf(column, counts[i] ?? 0)))
  }
  return casts
}

function castOf({ rule, cell, name }: { rule: Rule; cell: string; name: string }, odd: number): ParquetCast {
  if (odd === 0 || rule.odd === undefined) return { type: rule.type, expression: rule.cast(cell), repairs: [] }
  const chosen = rule.otherwise ?? rule
  const repairs = [{ code: rule.odd.code, detail: `${rule.odd.detail}: ${name}`, count: odd }]
  return { type: chosen.type, expression: chosen.cast(cell), repairs }
}
