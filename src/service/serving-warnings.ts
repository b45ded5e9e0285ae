import type { Column } from '#core/dataset'
import { SignalboxError } from '#core/errors'
import type { Cell } from '#core/ports'
import { join, name, sql } from '#core/sql'
import type { Json } from '#core/canonical-json'
import type { BoundStep, Row } from '#steps/step-type'
import { joined } from '#steps/step-effect'
import type { Ask } from './preview-stats.ts'

const triedRows = 20

/** Takes some rows through a step one at a time, as prediction does, and says where that gives something else. */
export async function servingWarnings({ step, state }: { step: BoundStep; state: Json }, rows: number, ask: Ask): Promise<string[]> {
  const written = [...step.created, ...step.after.filter(({ id }) => step.contract.changes.some((change) => change.id === id))]
  if (written.length === 0) return []
  const stride = Math.max(1, Math.floor(rows / triedRows))
  const list = join([...step.before.map(({ id }, i) => sql`b.${name(id)} as ${name(`b${i}`)}`), ...written.map(({ id }, i) => sql`a.${name(id)} as ${name(`a${i}`)}`)])
  const found = await ask(sql`select ${list} from ${joined} where mod(b.row_id, ${stride}) = 0 order by b.row_id limit ${triedRows}`)
  const named = (columns: readonly Column[], side: string) => found.map((row): Record<string, Cell> => Object.fromEntries(columns.map(({ id }, i) => [id, row[`${side}${i}`] ?? null])))
  const [given, wanted] = [named(step.before, 'b'), named(written, 'a')]
  const alone = rowsAlone({ step, state }, given)
  if (typeof alone === 'string') return [alone]
  const differing = written.filter(({ id }) => wanted.some((row, i) => !same(row[id] ?? null, alone[i]?.[id] ?? null)))
  if (differing.length === 0) return []
  const off = wanted.filter((row, i) => differing.some(({ id }) => !same(row[id] ?? null, alone[i]?.[id] ?? null))).length
  const names = differing.slice(0, 10).map((column) => JSON.stringify(column.name)).join(', ')
  return [`Step "${step.spec.id}" gives other values for a row that is predicted alone: ${off} of ${wanted.length} rows that were tried differ in ${names}.`]
}

/** Each row by itself; the reason where a step says that it needs the rows around. */
function rowsAlone({ step, state }: { step: BoundStep; state: Json }, rows: ReadonlyArray<Record<string, Cell>>): Row[] | string {
  try {
    const run = step.row(state)
    return rows.map((row) => run(row))
  } catch (error) {
    if (error instanceof SignalboxError) return error.message
    throw error
  }
}

function same(one: Cell, other: Cell): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other
  return one === other || Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other))
}
