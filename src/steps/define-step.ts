import type { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { findColumn, nearColumnNames } from '#core/find-column'
import type { StepSpec } from '#core/pipeline-spec'
import { columnsAfter } from './columns-after.ts'
import { fittedOn, originText } from './fitted-on.ts'
import type { PortableStep } from './portable-step.ts'
import type { BoundStep, FitSource, OtherRows, Row, StepContract, StepSql, StepTable, StepType } from './step-type.ts'

/** A step with its parameters read and its columns found. */
export interface StepUse<Params> {
  readonly params: Params
  /** The columns it is about: those it names, or all. */
  readonly scope: readonly Column[]
  readonly table: readonly Column[]
  readonly created: readonly Column[]
}

/** What one file of a transformer says. */
export interface StepDefinition<Params> {
  readonly type: string
  readonly rowwise: boolean
  /** Parameters under which a step that is fitted otherwise learns nothing from the rows. */
  readonly learnsNothing?: (params: Params, scope: readonly Column[]) => boolean
  readonly params: z.ZodType<Params>
  /** Where a row's values come from other rows; nowhere where it is left out. */
  readonly otherRows?: (params: Params) => OtherRows
  /** Where the transformer takes the columns itself: those of its parameters, which win over the step's own. */
  readonly namedColumns?: (params: Params) => readonly string[] | null
  /** Columns that the parameters name where neither they nor the step list any. */
  readonly impliedColumns?: (params: Params) => readonly string[]
  /** Where a step without columns means nothing, rather than all columns. */
  readonly needsColumns?: boolean
  /** Whether the fit decides which columns come out, as with a column for each category. */
  readonly learnsColumns?: (params: Params, scope: readonly Column[]) => boolean
  /** Columns that the package takes out and appends again; those that the step lists, where it is not said. */
  readonly movedToEnd?: (use: Omit<StepUse<Params>, 'created'>, state: Json | undefined) => readonly string[]
  /** Without a state where the step is not fitted yet. */
  contract(use: Omit<StepUse<Params>, 'created'>, state?: Json): Result<StepContract>
  describe(use: StepUse<Params>, column: Column, state?: Json): string
  fit?(use: StepUse<Params>, source: FitSource): Promise<Result<Json>>
  sql(use: StepUse<Params>, state: Json): StepSql
  row(use: StepUse<Params>, state: Json): (row: Row) => Row
  /** The row function as plain operations, for exports in other languages; null where they have no words for it. */
  portable?(use: StepUse<Params>, state: Json): readonly PortableStep[] | null
}

/** A transformer of the catalogue out of its definition. */
export function defineStep<Params>(definition: StepDefinition<Params>): StepType {
  const { type, rowwise, params } = definition
  return { type, rowwise, params, bind: (spec, table) => prefixed(spec, bindStep(definition, spec, table)) }
}

function prefixed(spec: StepSpec, bound: Result<BoundStep>): Result<BoundStep> {
  if (bound.ok) return bound
  const { code, message, detail } = bound.refusal
  return refuse(code, `Step "${spec.id}" (${spec.type}): ${message}`, detail === undefined ? {} : { detail })
}

function bindStep<Params>(definition: StepDefinition<Params>, spec: StepSpec, table: StepTable): Result<BoundStep> {
  if (JSON.stringify(spec).includes('\\u0000')) return refuse('CUSTOM_REFUSED', 'it holds a zero byte, which no text of a table can have.')
  const read = definition.params.safeParse(spec.params)
  if (!read.success) {
    const reasons = read.error.issues.map((issue) => (issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`))
    return refuse('CUSTOM_REFUSED', `its params are not accepted: ${reasons.join('; ')}.`)
  }
  const params = read.data
  const listed = definition.namedColumns?.(params) ?? spec.columns
  const named = listed === undefined || listed.length === 0 ? definition.impliedColumns?.(params) : listed
  if (definition.needsColumns === true && (named === undefined || named.length === 0)) return refuse('CUSTOM_REFUSED', 'it needs columns.')
  const scope = named === undefined || named.length === 0 ? accept([...table.columns]) : findColumns(table.columns, named)
  if (!scope.ok) return scope
  const { state } = table
  const learnsColumns = definition.learnsColumns?.(params, scope.value) === true
  if (learnsColumns && state === undefined && table.toFit !== true) {
    return refuse('CUSTOM_REFUSED', 'which columns it makes is known once it is fitted on rows.')
  }
  const found = { params, scope: scope.value, table: table.columns }
  const contract = definition.contract(found, state)
  if (!contract.ok) return contract
  const scopeIds = scope.value.map((column) => column.id)
  const listsColumns = definition.namedColumns === undefined && spec.columns !== undefined && spec.columns.length > 0
  const movedToEnd = definition.movedToEnd?.(found, state) ?? (listsColumns ? scopeIds : [])
  const after = columnsAfter({ table, contract: contract.value, movedToEnd })
  if (!after.ok) return after
  const use: StepUse<Params> = { params, scope: scope.value, table: table.columns, created: after.value.created }
  return accept({
    spec, rowwise: definition.rowwise || definition.learnsNothing?.(params, scope.value) === true, otherRows: definition.otherRows?.(params) ?? 'none', learnsColumns, contract: contract.value, scope: scopeIds, listed: named !== undefined && named.length > 0, before: table.columns, ...after.value,
    describe: (id) => describeColumn(definition, { use, id, state }),
    fit: async (source) => (definition.fit === undefined ? accept({}) : definition.fit(use, source)),
    sql: (fitted) => definition.sql(use, fitted),
    row: (fitted) => definition.row(use, fitted),
    portable: (fitted) => ((definition.otherRows?.(params) ?? 'none') === 'none' ? (definition.portable?.(use, fitted) ?? null) : null),
  })
}

interface Described<Params> {
  readonly use: StepUse<Params>
  readonly id: string
  readonly state: Json | undefined
}

function describeColumn<Params>(definition: StepDefinition<Params>, { use, id, state }: Described<Params>): string {
  const column = [...use.table, ...use.created].find((candidate) => candidate.id === id)
  if (column === undefined) return ''
  const origin = fittedOn(state)
  const text = definition.describe(use, column, state)
  return origin === null ? text : `${text} (${originText(origin)})`
}

/** Detail of a refusal for a name that no column has: a step before may yet learn to make one. */
export const unknownColumn = { reason: 'unknown_column' }

/** Finds the columns that a step names; one that is not there is refused with the names that come near. */
export function findColumns(columns: readonly Column[], names: readonly string[]): Result<Column[]> {
  const found: Column[] = []
  for (const name of names) {
    const column = findColumn(columns, name)
    if (column === undefined) {
      const near = nearColumnNames(columns, name)
      const hint = near.length === 0 ? '' : ` Near it are: ${near.join(', ')}.`
      return refuse('CUSTOM_REFUSED', `there is no column "${name}" in the table at this step.${hint}`, { detail: unknownColumn })
    }
    if (found.includes(column)) return refuse('CUSTOM_REFUSED', `the column "${name}" is named twice.`)
    found.push(column)
  }
  return accept(found)
}
