import type { Column } from '#core/dataset'
import { join, name, sql } from '#core/sql'
import type { Sql } from '#core/sql'

/** A field of RFC 4180: in quotes where it holds what would cut it, starts with a blank, or is empty. */
export function csvField(text: string): string {
  return text === '' || text.startsWith(' ') || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The database nests a joined text as deep as it has parts, and refuses to go deeper than a thousand. */
const mostJoined = 200

/**
 * The parts of a row. Neighbouring columns are joined by the database into one text a row, since fetching a text costs
 * more than writing it; doubles are left alone, because no two SQL engines print them alike.
 */
export function rowParts(columns: readonly Column[]): Sql[] {
  const parts: Sql[] = []
  let texts: Sql[] = []
  const endText = () => {
    if (texts.length > 0) parts.push(join(texts, sql` || ',' || `))
    texts = []
  }
  for (const column of columns) {
    if (column.type === 'number' || texts.length === mostJoined) endText()
    if (column.type === 'number') parts.push(name(column.id))
    else texts.push(fieldExpression(column))
  }
  endText()
  return parts
}

function fieldExpression(column: Column): Sql {
  const cell = name(column.id)
  if (column.type !== 'text') return sql`coalesce(CAST(${cell} AS VARCHAR), '')`
  const cuts = [sql`chr(34)`, sql`','`, sql`chr(13)`, sql`chr(10)`].map((part) => sql`contains(${cell}, ${part})`)
  const quote = sql`${cell} = '' OR starts_with(${cell}, ' ') OR ${join(cuts, sql` OR `)}`
  const quoted = sql`chr(34) || replace(${cell}, chr(34), chr(34) || chr(34)) || chr(34)`
  return sql`CASE WHEN ${cell} IS NULL THEN '' WHEN ${quote} THEN ${quoted} ELSE ${cell} END`
}
