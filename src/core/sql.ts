/**
 * SQL text with its parameters. Made only by the `sql` template and the helpers here, so that no value and no name is
 * ever spliced into the text: values become `$n` parameters, names go through `name`.
 */
export interface Sql {
  readonly parts: readonly string[]
  readonly values: readonly SqlValue[]
}

export type SqlValue = string | number | bigint | boolean | null

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'parts' in value
}

/** A template of SQL: an interpolated fragment is joined in, any other value becomes a parameter. */
export function sql(strings: TemplateStringsArray, ...inserts: ReadonlyArray<Sql | SqlValue>): Sql {
  const parts: string[] = [strings[0] ?? '']
  const values: SqlValue[] = []
  inserts.forEach((insert, i) => {
    const after = strings[i + 1] ?? ''
    if (!isSql(insert)) {
      values.push(insert)
      parts.push(after)
      return
    }
    parts[parts.length - 1] += insert.parts[0] ?? ''
    parts.push(...insert.parts.slice(1))
    parts[parts.length - 1] += after
    values.push(...insert.values)
  })
  return { parts, values }
}

/** A quoted name of a column or table. */
export function name(text: string): Sql {
  return { parts: [`"${text.replaceAll('"', '""')}"`], values: [] }
}

/** A finite number as a literal in the text, where a parameter would hide its type from the planner. */
export function number(value: number): Sql {
  if (!Number.isFinite(value)) throw new Error(`SQL literal of ${value}`)
  return { parts: [Number.isInteger(value) && Math.abs(value) < 2 ** 53 ? String(value) : `${value.toExponential()}`], values: [] }
}

/** A text as a literal in the text, quotes doubled, where the planner must see a constant, such as a pattern. */
export function text(value: string): Sql {
  if (value.includes('\0')) throw new Error('SQL literal with a zero byte')
  return { parts: [`'${value.replaceAll("'", "''")}'`], values: [] }
}

/** Fragments joined by a separator. */
export function join(fragments: readonly Sql[], separator: Sql = sql`, `): Sql {
  const [first, ...rest] = fragments
  if (first === undefined) return sql``
  return rest.reduce((all, next) => sql`${all}${separator}${next}`, first)
}

/** The text with `$1`, `$2` … in place of the values. */
export function sqlText(query: Sql): string {
  return query.parts.map((part, i) => (i === 0 ? part : `$${i}${part}`)).join('')
}

/** The text with its values as literals, for a file that is run elsewhere. */
export function literalText({ parts, values }: Sql): string {
  return parts.map((part, i) => (i === 0 ? part : `${literal(values[i - 1] ?? null)}${part}`)).join('')
}

function literal(value: SqlValue): string {
  const of = typeof value === 'string' ? text(value) : typeof value === 'number' ? number(value) : null
  return of === null ? String(value) : (of.parts[0] ?? '')
}
