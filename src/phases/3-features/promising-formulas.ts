import type { FormulaOfColumns } from '#ml/screen-formulas'
import { type Column, takeRows } from '#ml/table'
import type { Tools } from '#phases/phase'
import type { Formula } from './formula.ts'
import type { Group } from './groups.ts'
import type { LoadedColumn } from './load-rows.ts'
import { type ModelErrors, someErrors } from './model-errors.ts'
import { runTask } from './run-task.ts'

/** Rows on which formulas are looked at, formulas of one piece of work, and formulas at most. */
const mostRows = 4_000
const pieceOfWork = 60
export const mostFormulas = 600
/** Formulas that are made as features, and of these over the same columns: a pair may have all its forms, for errors tell them badly apart. */
const mostPromising = 20
const mostOfSame = 4

/** The formulas that explain most of what the model gets wrong, and how many were looked at. */
export interface PromisingFormulas {
  readonly formulas: readonly Formula[]
  readonly looked: number
}

/** Works the formulas out on the loaded rows and takes those that say most of the current model's errors. */
export async function promisingFormulas(all: readonly Formula[], found: ModelErrors, tools: Tools): Promise<PromisingFormulas> {
  const formulas = all.slice(0, mostFormulas)
  const { rows, errors } = someErrors(found, mostRows)
  const sides = new Map<string, Column>()
  const coded: FormulaOfColumns[] = []
  const places = new Map<string, number>()
  for (const { form, from } of formulas) {
    const columns = from.map((one, i) => {
      const grouped = form === 'cross' || (form === 'deviation' && i === 1)
      const key = `${grouped ? 'group' : 'amount'}:${one.column.id}`
      if (!places.has(key)) places.set(key, places.size)
      sides.set(key, grouped ? (codesOf(one) ?? one.values) : one.values)
      return places.get(key) ?? 0
    })
    coded.push({ form, columns })
  }
  const { columns } = takeRows({ rows: rows.length, columns: [...sides.values()] }, rows)
  const pieces = Array.from({ length: Math.ceil(coded.length / pieceOfWork) }, (_, i) => coded.slice(i * pieceOfWork, (i + 1) * pieceOfWork))
  const shares = (await runTask({ ...tools, progress: undefined }, 'screenFormulas', pieces.map((piece) => ({ columns, errors, formulas: piece })))).flatMap((some) => [...some])
  const ranked = formulas.map((formula, i) => ({ formula, share: shares[i] ?? 0 })).filter(({ share }) => share > 0)
  ranked.sort((a, b) => b.share - a.share)
  return { formulas: fewOfSame(ranked.map(({ formula }) => formula)).slice(0, mostPromising), looked: formulas.length }
}

function codesOf(one: LoadedColumn): Column | undefined {
  return (one as Partial<Group>).codes
}

/** The formulas in their order, without further ones over columns of which some are taken. */
function fewOfSame(formulas: readonly Formula[]): Formula[] {
  const counts = new Map<string, number>()
  return formulas.filter(({ from }) => {
    const key = from.map(({ column }) => column.id).sort().join(':')
    const count = 1 + (counts.get(key) ?? 0)
    counts.set(key, count)
    return count <= mostOfSame
  })
}
