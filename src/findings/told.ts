import type { Column } from '#core/dataset'
import type { StepSpec } from '#core/pipeline-spec'
import { bindStep, stepTypes } from '#steps/registry'
import type { Effect } from './effect.ts'
import { exampleEvidence, fact, type Finding } from './finding.ts'
import type { Issue } from './issue.ts'

/** An issue with what the card of its option says besides. */
export interface Told {
  readonly issue: Issue
  readonly column: Column
  readonly title: string
  /** When its step runs. */
  readonly stage: Effect['stage']
  readonly recommended: boolean
  /** The share of the table's rows that it is about. */
  readonly share: number
  readonly risks: readonly string[]
}

/** Whether a step of the catalogue takes these parameters on these columns. */
export function stepIsOffered(step: Omit<StepSpec, 'id'>, columns: readonly Column[]): boolean {
  return bindStep({ id: 'step', ...step }, { columns, nextId: columns.length }).ok
}

/** The option that takes the step of an issue; null where no step mends it, or only one that learns from the rows. */
export function optionOfTold({ issue, column, title, stage, recommended, share, risks }: Told): Finding | null {
  if (issue.step === undefined || stepTypes.get(issue.step.type)?.rowwise !== true) return null
  const rows = issue.examples.flatMap(({ row, column: shown, before, after }) =>
    row === null || after === undefined ? [] : [{ row, column: shown, before: before === null ? null : String(before), after: typeof after === 'boolean' ? String(after) : after }],
  )
  return {
    id: `${issue.code}:${column.id}`,
    title,
    summary: issue.detail,
    recommended,
    share,
    evidence: [fact(issue.code, issue.detail, issue.count), ...(rows.length > 0 ? [exampleEvidence(rows)] : [])],
    risks,
    effect: { stage, steps: [issue.step], left_out: [] },
    issues: [issue],
  }
}
