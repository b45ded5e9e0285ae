import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Column, Table, Target } from '#ml/table'
import type { FoldSplit } from '#service/split-fold'

const descriptionSchema = z.object({
  task: z.enum(['binary', 'multiclass', 'regression']),
  classes: z.array(z.string()),
  rows: z.object({ train: z.int(), test: z.int() }),
  columns: z.array(z.object({ name: z.string(), kind: z.enum(['numeric', 'category']), levels: z.array(z.string()) })),
})
type Description = z.infer<typeof descriptionSchema>

/** Writes a fold for the processes that fit it: `fold.json`, and a file of little-endian numbers for each column of each side. */
export function writeFold(folder: string, { train, test }: FoldSplit): void {
  const { target, table } = train
  const description: Description = {
    task: target.task,
    classes: target.task === 'regression' ? [] : [...target.classes],
    rows: { train: table.rows, test: test.table.rows },
    columns: table.columns.map((column) => ({ name: column.name, kind: column.kind, levels: column.kind === 'category' ? [...column.levels] : [] })),
  }
  writeFileSync(join(folder, 'fold.json'), JSON.stringify(description))
  for (const [part, side] of Object.entries({ train, test })) {
    const { table: rows, target: truth } = side
    for (const [i, column] of rows.columns.entries()) writeNumbers(join(folder, `${part}-${i}.bin`), column.kind === 'numeric' ? column.values : column.codes)
    writeNumbers(join(folder, `${part}-target.bin`), truth.task === 'regression' ? truth.values : Float64Array.from(truth.codes))
  }
}

function writeNumbers(file: string, numbers: Float64Array | Int32Array): void {
  writeFileSync(file, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))
}

/** Reads a fold into typed columns over shared memory. */
export function readFold(folder: string): FoldSplit {
  const description = descriptionSchema.parse(JSON.parse(readFileSync(join(folder, 'fold.json'), 'utf8')))
  return { train: readSide(folder, description, 'train'), test: readSide(folder, description, 'test') }
}

function readSide(folder: string, { task, classes, rows, columns }: Description, part: 'train' | 'test'): { table: Table; target: Target } {
  const doubles = (name: string) => new Float64Array(readShared(join(folder, name)))
  const read = columns.map(({ name, kind, levels }, i): Column => {
    const file = `${part}-${i}.bin`
    return kind === 'numeric' ? { name, kind, values: doubles(file) } : { name, kind, levels, codes: new Int32Array(readShared(join(folder, file))) }
  })
  const truth = doubles(`${part}-target.bin`)
  const target: Target = task === 'regression' ? { task, values: truth } : { task, classes, codes: Int32Array.from(truth) }
  return { table: { rows: rows[part], columns: read }, target }
}

function readShared(file: string): SharedArrayBuffer {
  const bytes = readFileSync(file)
  const shared = new SharedArrayBuffer(bytes.length)
  new Uint8Array(shared).set(bytes)
  return shared
}
