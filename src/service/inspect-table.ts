import type { ReadOptions, ReadReport, Table } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import { findIssues } from '#findings/find-issues'
import type { ColumnKind, Issue, IssueCode, Severity } from '#findings/issue'
import { labelColumn } from './label-column.ts'
import type { LabelledParts } from './read-labelled.ts'

/** What `signalbox inspect` tells of a file, its names as they are printed. */
export interface Inspection {
  readonly rows: number
  readonly columns: readonly InspectedColumn[]
  readonly read: Pick<ReadReport, 'encoding' | 'delimiter' | 'header_row' | 'skipped_rows' | 'rejected_rows'>
  readonly issues: readonly InspectedIssue[]
}

interface InspectedColumn {
  readonly name: string
  /** What it holds after its safe steps. */
  readonly type: ColumnKind
  /** Cells without a value, as they were read. */
  readonly missing: number
  readonly distinct: number
}

interface InspectedIssue {
  readonly code: IssueCode
  readonly column: string
  readonly severity: Severity
  readonly count: number
  readonly detail: string
  readonly step?: Omit<StepSpec, 'id'>
}

/** A file to look into. */
export interface InspectedFile {
  readonly path: string
  /** The name that messages give it. */
  readonly fileName: string
  /** How it is to be read, as far as that is told. */
  readonly told: ReadOptions
  /** The name of the column to predict. */
  readonly target: string | null
}

/** What came of it. */
export interface InspectedTable {
  readonly inspection: Inspection
  readonly report: ReadReport
  /** The rows that are none of the table, as a CSV file. */
  readonly set_aside: Uint8Array | null
}

interface TableOfFile extends Pick<InspectedFile, 'fileName' | 'target'> {
  readonly table: Table
  readonly report: ReadReport
}

/** Everything there is to know of a table before a run on it. */
export async function inspectTable({ fileName, table, report, target }: TableOfFile, tools: Pick<LabelledParts, 'data' | 'signal'>): Promise<Result<Inspection>> {
  const label = target === null ? null : labelColumn(table, target, fileName)
  if (label !== null && !label.ok) return label
  const { profile, issues, kinds } = await findIssues({ table, target: label?.value.id ?? null }, tools)
  const facts = new Map(profile.columns.map((column) => [column.id, column]))
  const { encoding, delimiter, header_row, skipped_rows, rejected_rows } = report
  return accept({
    rows: table.rows,
    columns: table.columns.map(({ id, name }): InspectedColumn => {
      const { missing = 0, distinct = 0 } = facts.get(id) ?? {}
      return { name, type: kinds[id] ?? 'categorical', missing, distinct }
    }),
    read: { encoding, delimiter, header_row, skipped_rows, rejected_rows },
    issues: issues.map(inspectedIssue),
  })
}

function inspectedIssue({ code, column, severity, count, detail, step }: Issue): InspectedIssue {
  return step === undefined ? { code, column, severity, count, detail } : { code, column, severity, count, detail, step }
}
