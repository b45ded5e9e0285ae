import { counted, profiledColumns, type Look } from './finding.ts'
import type { Issue } from './issue.ts'

const weightName = /wgt|(?:sample|sampling|survey|case|row|final|person|population|replicate)[\s_.-]*(?:weight|wt)(?:s|ing)?(?:$|[^a-z])/iu
const fewestDistinct = 20

/** Numbers by which rows count in a survey: to be given as the weight of the rows, not learnt from. */
export function checkWeights(look: Look): Issue[] {
  return profiledColumns(look).flatMap(({ column, facts }) => {
    if (facts.numeric === null || facts.numeric.min < 0 || facts.distinct < fewestDistinct || column.id === look.target || column.type === 'date' || column.type === 'timestamp' || !weightName.test(column.name)) return []
    return [{
      code: 'weight_column' as const, column: column.name, columns: [column.name], severity: 'info' as const, count: look.table.rows - facts.missing, safe: false,
      detail: `"${column.name}" is by its name the weight of a row in a survey (${counted(look.table.rows - facts.missing, 'value')}, all positive), not a measure of it: give it as the weight of the rows with the label, rather than learn from it.`,
      examples: facts.top.slice(0, 1).map(({ value }) => ({ row: null, column: column.name, before: Number(value) })),
    }]
  })
}
