import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openDataBench, timed } from './data-bench.ts'
import { startScans } from './python-peers.ts'
import { writeWideFile } from './wide-file.ts'
import { WrongUsage } from './wrong-usage.ts'

const options = {
  file: { type: 'string', default: '../shared/data/adult.csv' },
  target: { type: 'string', default: 'class' },
  rows: { type: 'string', default: '50000' },
  long: { type: 'string', default: '1000000' },
  threads: { type: 'string', default: '2' },
} as const

const rounds = 7

/**
 * Findings of a file beside the three scans of the Python package, in turn and in the same run; then profile and findings of a long
 * generated table in a process of its own.
 *   --file F --target C   the file, repeated up to --rows N      --long N   rows of the long table, none with 0      --threads N
 */
export async function benchData(given: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...given], options })
  if (!existsSync(values.file)) throw new WrongUsage(`There is no file ${values.file}; name one with --file F --target C.`)
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'))
  try {
    const path = join(folder, 'repeated.csv')
    writeFileSync(path, repeated(readFileSync(values.file, 'utf8'), Number(values.rows)))
    await compare({ path, target: values.target, threads: Number(values.threads) })
    if (Number(values.long) > 0) measureLong({ path: join(folder, 'long.csv'), rows: Number(values.long), threads: values.threads })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The lines of a file with a header, again from the first one until there are enough; no cell may hold a line break. */
function repeated(text: string, rows: number): string {
  const [header = '', ...lines] = text.trim().split(/\r?\n/u)
  return `${[header, ...Array.from({ length: rows }, (_, row) => lines[row % lines.length] ?? '')].join('\n')}\n`
}

async function compare({ path, target, threads }: { path: string; target: string; threads: number }): Promise<void> {
  const [bench, peer] = [await openDataBench(threads), await startScans()]
  try {
    const table = await bench.read(path)
    const profile = await timed(() => bench.profile(table))
    const [ours, theirs]: [number[], number[]] = [[], []]
    await bench.find(table, profile.value, target)
    await peer.scan({ file: path, target })
    for (let round = 0; round < rounds; round++) {
      ours.push((await timed(() => bench.find(table, profile.value, target))).seconds)
      theirs.push((await peer.scan({ file: path, target })).seconds)
    }
    const [own, other] = [median(ours), median(theirs)]
    process.stdout.write(`\nFindings of ${table.rows.toLocaleString('en-US')} rows x ${table.columns.length} columns, median of ${rounds} in turn (profile ${profile.value.rows} rows: ${profile.seconds.toFixed(2)} s)\n`)
    process.stdout.write(`  ours ${own.toFixed(3)} s   three scans in Python ${other.toFixed(3)} s   ratio ${(own / other).toFixed(2)}\n`)
  } finally {
    peer.close()
    await bench.close()
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function measureLong({ path, rows, threads }: { path: string; rows: number; threads: string }): void {
  writeWideFile(path, rows)
  const { stdout, status } = spawnSync(process.execPath, [fileURLToPath(new URL('data-child.ts', import.meta.url)), path, 'label', threads], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  if (status !== 0) throw new Error('the process that measures the long table has failed; its message stands above.')
  const figures = JSON.parse(stdout) as { read_s: number; profile_s: number; find_s: number; issues: number; peak_mb: number }
  process.stdout.write(`\nA generated table of ${rows.toLocaleString('en-US')} rows x 15 columns\n`)
  process.stdout.write(`  read ${figures.read_s.toFixed(1)} s   profile ${figures.profile_s.toFixed(2)} s   findings ${figures.find_s.toFixed(2)} s   both ${(figures.profile_s + figures.find_s).toFixed(2)} s   peak ${figures.peak_mb.toFixed(0)} MB   issues ${figures.issues}\n`)
}
