import { stripText } from '#steps/compact-text'
import { missingTokens } from '#steps/missing-tokens'
import { tokenKey } from '#steps/numeric-token-options'
import { counted, percent, profiledColumns, type Look } from './finding.ts'
import type { Level } from './read-levels.ts'
import { stepIsOffered, type Told } from './told.ts'

/** Text with more levels than this, of which hardly any repeats, varies by its nature. */
const alwaysLevels = 50
const mostUnique = 0.2

/** One value spelt in several ways that differ in case or blanks only. */
export function checkCaseVariants(look: Look, numeric: ReadonlySet<string>): Told[] {
  return profiledColumns(look).flatMap(({ column, facts }) => {
    const known = look.levels.get(column.id)
    const valued = look.table.rows - facts.missing
    if (known?.complete !== true || numeric.has(column.id) || (known.levels.length > alwaysLevels && known.levels.length > valued * mostUnique)) return []
    const groups = [...Map.groupBy(known.levels.filter(({ value }) => !missingTokens.includes(tokenKey(value))), ({ value }) => tokenKey(value)).values()].filter((group) => new Set(group.map(({ value }) => stripText(value))).size > 1)
    if (groups.length === 0) return []
    const rarer = groups.flatMap((group) => group.slice(1))
    const rows = rarer.reduce((sum, level) => sum + level.rows, 0)
    const shown = groups.slice(0, 3).map((group) => group.slice(0, 3).map(({ value }) => JSON.stringify(value)).join(' and ')).join('; ')
    const step = { type: 'TextCleanTransformer', columns: [column.name], params: { operations: operationsFor(groups) }, description: `Spellings of ${column.name} in lower case` }
    const offered = stepIsOffered(step, look.table.columns)
    return [{
      issue: {
        code: 'case_variants', column: column.name, columns: [column.name], severity: 'warn', count: rows, ...(offered ? { step } : {}), safe: offered,
        detail: `"${column.name}" spells ${counted(groups.length, 'value')} in more than one way (${shown}), which count as different levels; ${counted(rows, 'row')} (${percent(rows / look.table.rows)}) hold a rarer spelling.`,
        examples: rarer.slice(0, 3).map((level) => ({ row: level.first, column: column.name, before: level.value, ...(offered ? { after: stripText(level.value).replaceAll(/\s+/gu, ' ').toLowerCase() } : {}) })),
      },
      column, title: `One spelling for each value of ${column.name}`, stage: 'strip', recommended: true, share: rows / look.table.rows,
      risks: ['All its values are written in lower case then.'],
    }]
  })
}

function operationsFor(groups: readonly (readonly Level[])[]): string[] {
  const blanks = groups.some((group) => new Set(group.map(({ value }) => stripText(value).toLowerCase())).size > 1)
  return ['strip', ...(blanks ? ['remove_extra_whitespace'] : []), 'lowercase']
}
