import { existsSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { taskNameSchema } from '#core/run-settings'
import { type Compared, compareTable } from './compare-table.ts'
import { type Growth, measureGrowth } from './fit-growth.ts'
import { type BenchTable, benchTables } from './fit-tables.ts'
import { comparedText, growthText } from './fit-text.ts'
import { startPeers } from './python-peers.ts'
import { WrongUsage } from './wrong-usage.ts'

const options = {
  data: { type: 'string', default: '../shared/data' },
  tables: { type: 'string' },
  file: { type: 'string' },
  target: { type: 'string' },
  task: { type: 'string' },
  drop: { type: 'string', default: '' },
  folds: { type: 'string' },
  rows: { type: 'string' },
  threads: { type: 'string', default: '2' },
  quick: { type: 'boolean', default: false },
  json: { type: 'string' },
} as const

/** Rows above which a quick run does without EBM. */
const quickEbmRows = 10_000

/**
 * Our trainers beside interpret's EBM, LightGBM and scikit-learn's linear models: fit seconds, measures and ratios on the tables of a folder
 * or on one file, then the growth with the rows.
 *   --tables a,b   only these; no growth      --file F --target C --task T [--drop a,b]   any table; no growth
 *   --rows 26000,1000000   sizes of the growth, none with 0      --folds 0,4      --quick   one fold, no EBM above 10,000 rows
 *   --data DIR      --threads N      --json FILE   all figures of all folds
 */
export async function benchFit(given: readonly string[]): Promise<void> {
  const wish = readWish(given)
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const peers = await startPeers(wish.threads)
  const compared: Compared[] = []
  let growth: Growth[] = []
  try {
    for (const { table, path } of wish.tables) {
      const takesEbm = (rows: number) => !wish.quick || rows <= quickEbmRows
      const one = await compareTable(table, { path, folds: wish.folds, threads: wish.threads, takesEbm, peers, say })
      compared.push(one)
      process.stdout.write(comparedText(one))
    }
    growth = await measureGrowth({ sizes: wish.sizes, threads: wish.threads, peers, say })
    if (growth.length > 0) process.stdout.write(growthText(growth))
  } finally {
    peers.close()
    if (wish.json !== undefined) writeFileSync(wish.json, `${JSON.stringify({ machine: machineOf(wish.threads), compared, growth }, null, 1)}\n`)
  }
}

function machineOf(threads: number) {
  return { cpu: cpus()[0]?.model ?? '', cpus: cpus().length, threads, node: process.version, v8: process.versions.v8 }
}

interface Wish {
  readonly tables: readonly { readonly table: BenchTable; readonly path: string }[]
  readonly folds: readonly number[]
  readonly sizes: readonly number[]
  readonly threads: number
  readonly quick: boolean
  readonly json: string | undefined
}

function readWish(given: readonly string[]): Wish {
  const values = readOptions(given)
  const tables = values.file === undefined ? namedTables(values.tables, values.data) : [ownTable(values)]
  for (const { path } of tables) if (!existsSync(path)) throw new WrongUsage(`There is no file ${path}; --data names the folder of the tables.`)
  const usualSizes = values.file !== undefined || values.tables !== undefined ? [] : values.quick ? [26_000, 260_000] : [26_000, 260_000, 1_000_000]
  return {
    tables,
    folds: values.folds === undefined ? (values.quick ? [4] : [0, 1, 2, 3, 4]) : wholeNumbers('folds', values.folds, 4),
    sizes: values.rows === undefined ? usualSizes : wholeNumbers('rows', values.rows, 50_000_000).filter((rows) => rows > 0),
    threads: wholeNumbers('threads', values.threads, 512)[0] ?? 2,
    quick: values.quick,
    json: values.json,
  }
}

function readOptions(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options }).values
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error))
  }
}

function namedTables(names: string | undefined, folder: string) {
  const wanted = names === undefined ? benchTables.map(({ name }) => name) : names.split(',').filter((name) => name !== '')
  return wanted.map((name) => {
    const table = benchTables.find((one) => one.name === name)
    if (table === undefined) throw new WrongUsage(`There is no table ${name}; there are ${benchTables.map((one) => one.name).join(', ')}.`)
    return { table, path: join(folder, table.file) }
  })
}

function ownTable({ file = '', target, task, drop }: { file?: string | undefined; target?: string | undefined; task?: string | undefined; drop: string }) {
  const known = taskNameSchema.safeParse(task)
  if (target === undefined || !known.success) throw new WrongUsage('--file needs --target and --task (binary, multiclass or regression).')
  return { table: { name: basename(file), file, target, task: known.data, drop: drop.split(',').filter((name) => name !== '') }, path: file }
}

function wholeNumbers(name: string, text: string, most: number): number[] {
  const numbers = text.split(',').map(Number)
  if (text.trim() === '' || !numbers.every((number) => Number.isInteger(number) && number >= 0 && number <= most)) {
    throw new WrongUsage(`--${name} takes whole numbers from 0 to ${most} with commas between.`)
  }
  return numbers
}
