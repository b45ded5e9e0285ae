import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { sql, type Sql } from '#core/sql'
import { overComputedRows } from '#steps/computed-rows'
import { sidesOf, stepEffect, type ColumnEffect, type StepEffect } from '#steps/step-effect'
import type { BoundStep } from '#steps/step-type'
import type { TrialRows, TriedSpec } from '#steps/try-spec'
import type { PreviewedStep } from '#wire/preprocessor-preview'
import { columnFigures, type Ask, type SideColumn } from './preview-stats.ts'
import { servingWarnings } from './serving-warnings.ts'

/** Where a preview looks: at `count` rows of the `total`. */
export interface PreviewRows extends TrialRows {
  readonly count: number
  readonly total: number
}

/** Figures are worked out for so many columns of a step. */
const mostColumns = 100

/** Every step of a spec as it goes over the rows; one that cannot be done says why and leaves the rows as they were. */
export async function previewSteps(tried: TriedSpec, rows: PreviewRows): Promise<PreviewedStep[]> {
  const steps: PreviewedStep[] = []
  for (const { spec, place, fault } of tried.steps) {
    const base = { step_id: spec.id, step_type: spec.type, rows_total: rows.total, sampled: rows.count < rows.total }
    steps.push({ ...base, ...(place === null ? failed(fault?.message ?? '', rows.count) : await previewStep(tried, place, rows)) })
  }
  return steps
}

type Figures = Omit<PreviewedStep, 'step_id' | 'step_type' | 'rows_total' | 'sampled'>

function failed(error: string, count: number): Figures {
  const nothing = { delta: { dropped: [], added: [], updated: [] }, stats: {}, changes: {}, serving_warnings: [], sample: [] }
  return { ...nothing, warnings: [error], rows_before: count, rows_after: count, error, learns: false, rows_changed: 0, nulls_filled: 0 }
}

async function previewStep({ pipeline, state }: TriedSpec, place: number, rows: PreviewRows): Promise<Figures> {
  const step = pipeline.steps[place]
  if (step === undefined) throw new Error('no such step')
  const effect = await stepEffect(pipeline, place, { rows, state })
  const sides = sidesOf(pipeline, place, { rows, state })
  const ask: Ask = (query) => rows.data.query(overComputedRows(sides, query), { tables: rows.tables, signal: rows.signal })
  const moved = effect.columns.filter(({ before, after, changed_cells }) => before === null || changed_cells > 0 || before.type !== after.type)
  const shown = moved.slice(0, mostColumns)
  const { stats, changes } = await figuresOf(shown, ask)
  return {
    delta: deltaOf(step, moved),
    stats,
    changes,
    warnings: [...effectWarnings(effect, moved), ...(moved.length > shown.length ? [`Figures are shown for the first ${shown.length} of ${moved.length} columns.`] : [])],
    serving_warnings: await servingWarnings({ step, state: state[step.spec.id] ?? {} }, rows.count, ask),
    rows_before: effect.rows_before, rows_after: effect.rows_after, error: null, learns: !step.rowwise,
    rows_changed: effect.rows_changed, nulls_filled: effect.nulls_filled, sample: effect.sample.map(({ before, after }) => ({ before: { ...before }, after: { ...after } })),
  }
}

/** By display name; a renamed column is one that is dropped and one that is added, as it is to a reader of the table. */
export function deltaOf(step: BoundStep, moved: ReadonlyArray<Pick<ColumnEffect, 'before' | 'after'>>): PreviewedStep['delta'] {
  const [before, after] = [new Set(step.before.map(({ name }) => name)), new Set(step.after.map(({ name }) => name))]
  const updated = moved.filter(({ before: old, after: now }) => old !== null && old.name === now.name).map(({ after: { name } }) => name)
  return { dropped: [...before].filter((name) => !after.has(name)).sort(), added: [...after].filter((name) => !before.has(name)).sort(), updated: updated.sort() }
}

const isNumber = ({ type }: Column): boolean => type === 'number' || type === 'integer' || type === 'boolean'

/** Figures of the columns that a step moved, by display name. */
async function figuresOf(moved: readonly ColumnEffect[], ask: Ask): Promise<Pick<PreviewedStep, 'stats' | 'changes'>> {
  const both = moved.flatMap(({ before, after, changed_cells }) => (before === null ? [] : [{ before, after, changed_cells }]))
  const asTexts = both.filter(({ before, after }) => !(isNumber(before) && isNumber(after)))
  const columns: SideColumn[] = [...both.map(({ before }) => ({ side: 'b' as const, column: before })), ...moved.map(({ after }) => ({ side: 'a' as const, column: after }))]
  const found = await columnFigures(columns, asTexts, ask)
  const old = new Map(both.map(({ after }, i) => [after.id, found.stats[i]]))
  const stats = moved.map(({ after: { id, name: column } }, i) => {
    const [was, is] = [old.get(id), found.stats[both.length + i]]
    return [column, { ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }] as const
  })
  const changes = both.map((pair) => {
    const top_changes = asTexts.includes(pair) ? { top_changes: found.changes[asTexts.indexOf(pair)] ?? [] } : {}
    return [pair.after.name, { changed_cells: pair.changed_cells, ...top_changes }] as const
  })
  return { stats: Object.fromEntries(stats), changes: Object.fromEntries(changes) }
}

function effectWarnings({ rows_before, rows_after, rows_kept }: StepEffect, moved: readonly ColumnEffect[]): string[] {
  const warnings: string[] = []
  for (const { before, after, changed_cells, nulls_before, nulls_after } of moved) {
    if (before === null) continue
    const name = JSON.stringify(after.name)
    if (changed_cells === 0) warnings.push(`Column ${name}: no cell changed; only its type did (${before.type} to ${after.type}).`)
    if (nulls_after > nulls_before) warnings.push(`Column ${name}: ${nulls_after - nulls_before} more cells are missing than before.`)
  }
  const added = moved.filter(({ before }) => before === null).length
  if (added > 100) warnings.push(`${added} columns are added.`)
  if (!rows_kept) warnings.push(`The rows changed: ${rows_before} before, ${rows_after} after.`)
  return warnings
}

/** The first rows of a query, by display name. */
export async function firstRows(columns: readonly Column[], rows: Sql, ask: Ask): Promise<Record<string, Cell>[]> {
  const found = await ask(sql`select * from (${rows}) q order by row_id limit 5`)
  return found.map((row) => Object.fromEntries(columns.map((column) => [column.name, row[column.id] ?? null])))
}
