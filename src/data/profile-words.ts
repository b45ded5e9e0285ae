import type { Column, ColumnProfile } from '#core/dataset'
import { plainCell } from './plain-cell.ts'
import { quotedText } from './quoted-text.ts'
import type { Session } from './session.ts'

/** The blanks that String.prototype.trim takes off, so that a padded value means the same everywhere. */
const narrow = '\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'
const blanks = ` \t\n\v\f\r\u00a0\u1680${narrow}\u2028\u2029\u202f\u205f\u3000\ufeff`

const mostTop = 10

/** Profiles of text and of booleans. */
export async function profileWords(session: Session, columns: readonly Column[]): Promise<ColumnProfile[]> {
  const profiles = columns.map(emptyProfile)
  const query = columns
    .map(branch)
    .map((text) => `(${text})`)
    .join(' UNION ALL ')
  const answer = await session.stream({
    parts: [`SELECT * FROM (${query}) AS found ORDER BY place, value IS NOT NULL, times DESC, value`],
    values: [],
  })
  for await (const chunk of answer.chunks) {
    for (const [place, value, times, distinct, missing, shortest, longest, padded] of chunk.convertRows(plainCell)) {
      const profile = profiles[Number(place)]
      if (profile === undefined) continue
      if (value === null || value === undefined) {
        profile.distinct = Number(distinct)
        profile.missing = Number(missing)
        if (profile.type === 'text' && profile.distinct > 0) {
          profile.text = { shortest: Number(shortest), longest: Number(longest), padded: Number(padded) }
        }
      } else profile.top.push({ value: String(value), count: Number(times) })
    }
  }
  return profiles
}

function emptyProfile(column: Column): ColumnProfile {
  return {
    id: column.id,
    name: column.name,
    type: column.type,
    missing: 0,
    distinct: 0,
    top: [],
    numeric: null,
    text: null,
  }
}

/** One row about the column, where `value` is missing, and one for each of its most frequent values. */
function branch(column: Column, place: number): string {
  const value = column.type === 'text' ? column.id : `CAST(${column.id} AS VARCHAR)`
  return `WITH counted AS MATERIALIZED (SELECT ${value} AS value, count(*) AS times FROM picked GROUP BY ${column.id})
    SELECT ${place} AS place, CAST(NULL AS VARCHAR) AS value, CAST(NULL AS BIGINT) AS times, count(value) AS different,
      coalesce(sum(times) FILTER (WHERE value IS NULL), 0) AS missing,
      min(length(value)) AS shortest, max(length(value)) AS longest,
      coalesce(sum(times) FILTER (WHERE value <> trim(value, ${quotedText(blanks)})), 0) AS padded
    FROM counted
    UNION ALL
    SELECT ${place}, value, times, NULL, NULL, NULL, NULL, NULL
    FROM (SELECT value, times FROM counted WHERE value IS NOT NULL ORDER BY times DESC, value LIMIT ${mostTop}) AS most`
}
