import type { Profile } from '#core/dataset'
import { columnKindsOf } from './column-kinds.ts'
import { duplicateRows } from './duplicate-rows.ts'
import { examineTable } from './examine-table.ts'
import { findLabelIssues } from './find-label-issues.ts'
import { findRedundancy } from './find-redundancy.ts'
import { issueCodes, severities, type ColumnKind, type Issue } from './issue.ts'
import { checkJointLevels } from './joint-levels.ts'
import { lookAtTable, type LookRequest, type LookTools } from './look-at-table.ts'

export interface FoundIssues {
  readonly profile: Profile
  /** The most severe first, then by column. */
  readonly issues: readonly Issue[]
  /** What each column holds after its safe steps, by column id. */
  readonly kinds: Readonly<Record<string, ColumnKind>>
}

/** Looks at every column of a table, at what says the same twice, and with a target also at what leaks it. */
export async function findIssues(request: LookRequest, tools: LookTools): Promise<FoundIssues> {
  const look = await lookAtTable(request, tools)
  const { findings, told, sample, edges } = await examineTable(look)
  const own = [...findings.flatMap((finding) => finding.issues), ...told]
  const identifiers = new Set(own.filter(({ code }) => code === 'identifier').map(({ column }) => column))
  const redundant = await findRedundancy(look, sample)
  const issues = [...own, ...(await duplicateRows(look)), ...redundant, ...(await checkJointLevels(look, redundant)), ...(await findLabelIssues(look, { sample, edges, identifiers }))]
  const places = new Map(look.table.columns.map((column, i) => [column.name, i]))
  const place = (issue: Issue): number => places.get(issue.column) ?? places.size
  const sorted = issues.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || place(a) - place(b) || issueCodes.indexOf(a.code) - issueCodes.indexOf(b.code))
  return { profile: look.profile, issues: sorted, kinds: columnKindsOf(look, sorted) }
}
