import type { ColumnType } from '#core/dataset'
import type { NumberChange, PortableStep } from '#steps/portable-step'
import { castTo, type OnnxBuilder } from './onnx-builder.ts'
import { missingText } from './onnx-model.ts'

/** Names of the cells of the rows by column id: doubles with NaN for a gap, or texts with a mark for one; all [rows, 1]. */
export type OnnxCells = Map<string, string>

const isNumber = (type: ColumnType): boolean => type !== 'text'

/** Does a step to the cells; false where ONNX cannot say it. */
export function onnxStep(builder: OnnxBuilder, cells: OnnxCells, step: PortableStep): boolean {
  switch (step.op) {
    case 'numbers':
      return isNumber(step.type) && change(cells, step, (cell) => changed(builder, cell, step.changes))
    case 'within':
      return isNumber(step.type) && change(cells, { from: step.id, to: step.id }, (cell) => within(builder, cell, step))
    case 'fill': {
      const { value, type } = step
      if (step.marker !== null || value === null) return false
      if (typeof value === 'string') return type === 'text' && change(cells, { from: step.id, to: step.id }, (cell) => builder.op('Where', [builder.op('Equal', [cell, builder.texts([missingText])]), builder.texts([value]), cell]))
      return isNumber(type) && change(cells, { from: step.id, to: step.id }, (cell) => builder.op('Where', [builder.op('IsNaN', [cell]), one(builder, Number(value)), cell]))
    }
    case 'flag':
      return isNumber(step.type) && step.marker === null && change(cells, step, (cell) => builder.op('Cast', [builder.op('IsNaN', [cell])], castTo.double))
    case 'lookup':
      return lookup(builder, cells, step)
    default:
      return false
  }
}

/** Makes one cell of another; false where the cell is not there, or nothing comes of it. */
function change(cells: OnnxCells, { from, to }: { readonly from: string; readonly to: string }, make: (cell: string) => string | null): boolean {
  const cell = cells.get(from)
  const made = cell === undefined ? null : make(cell)
  if (made !== null) cells.set(to, made)
  return made !== null
}

function one(builder: OnnxBuilder, value: number): string {
  return builder.doubles([value], [1, 1])
}

const arithmetic: Readonly<Record<string, string>> = { add: 'Add', subtract: 'Sub', multiply: 'Mul', divide: 'Div' }

/** Null where one of the changes cannot be said. What is not finite becomes a gap, and a gap stays one. */
function changed(builder: OnnxBuilder, cell: string, changes: readonly NumberChange[]): string | null {
  let value: string | null = cell
  for (const next of changes) value = value === null ? null : changedOnce(builder, value, next)
  if (value === null) return null
  const gap = builder.op('Or', [builder.op('IsNaN', [cell]), builder.op('IsNaN', [builder.op('Sub', [value, value])])])
  return builder.op('Where', [gap, one(builder, Number.NaN), value])
}

function changedOnce(builder: OnnxBuilder, value: string, next: NumberChange): string | null {
  const [kind, by] = next
  const plain = arithmetic[kind]
  if (plain !== undefined && typeof by === 'number') return builder.op(plain, [value, one(builder, by)])
  if (kind === 'above' || kind === 'equals') return builder.op('Cast', [builder.op(kind === 'above' ? 'Greater' : 'Equal', [value, one(builder, by)])], castTo.double)
  if (kind === 'clamp') return builder.op('Min', [one(builder, next[2]), builder.op('Max', [one(builder, next[1]), value])])
  if (kind !== 'bin' || next[1].length === 0) return null
  const above = builder.op('Cast', [builder.op('GreaterOrEqual', [value, builder.doubles(next[1], [1, next[1].length])])], castTo.double)
  return builder.op('ReduceSum', [above, builder.integers([1])], { attributes: { keepdims: 1 } })
}

function within(builder: OnnxBuilder, cell: string, { low, high }: { readonly low: number | null; readonly high: number | null }): string {
  const outside = [...(low === null ? [] : [builder.op('Less', [cell, one(builder, low)])]), ...(high === null ? [] : [builder.op('Greater', [cell, one(builder, high)])])]
  return outside.reduce((all, test) => builder.op('Where', [test, one(builder, Number.NaN), all]), cell)
}

/** A table of texts, whose values are texts or numbers. */
function lookup(builder: OnnxBuilder, cells: OnnxCells, { from, to, type, entries, other }: Extract<PortableStep, { op: 'lookup' }>): boolean {
  const values = [...entries.map(([, value]) => value), other]
  if (type !== 'text' || entries.length === 0) return false
  const isTexts = values.every((value) => value === null || typeof value === 'string')
  if (!isTexts && !values.every((value) => value === null || typeof value === 'number')) return false
  const list = isTexts ? builder.texts(values.map((value) => (value === null ? missingText : String(value)))) : builder.doubles(values.map((value) => (value === null ? Number.NaN : Number(value))))
  const keys = entries.map(([key]) => (key === null ? missingText : String(key)))
  const attributes = { keys_strings: keys, values_int64s: keys.map((_, i) => i), default_int64: keys.length }
  return change(cells, { from, to }, (cell) => builder.op('Gather', [list, builder.op('LabelEncoder', [cell], { domain: 'ai.onnx.ml', attributes })]))
}
