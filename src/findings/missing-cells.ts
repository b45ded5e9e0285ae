import type { Column } from '#core/dataset'
import { join, name, sql, type Sql } from '#core/sql'
import { missingTokens } from '#steps/missing-tokens'
import { tokenKey } from '#steps/numeric-token-options'
import { profiledColumns, type Look } from './finding.ts'

/** A column with empty cells, those with a placeholder among them. */
export interface HoledColumn {
  readonly column: Column
  readonly missing: number
  /** SQL that holds where the cell is missing. */
  readonly isMissing: Sql
}

const tokens = new Set(missingTokens)

/** Columns with cells that are empty or hold a placeholder for a missing value, but not all of them. */
export function holedColumns(look: Look): HoledColumn[] {
  return profiledColumns(look).flatMap(({ column, facts }) => {
    const placeholders = (look.levels.get(column.id)?.levels ?? []).filter((level) => tokens.has(tokenKey(level.value)))
    const missing = facts.missing + placeholders.reduce((sum, level) => sum + level.rows, 0)
    if (missing === 0 || missing >= look.table.rows) return []
    const cell = name(column.id)
    const isMissing = placeholders.length === 0 ? sql`${cell} is null` : sql`(${cell} is null or ${cell} in (${join(placeholders.map((level) => sql`${level.value}`))}))`
    return [{ column, missing, isMissing }]
  })
}
