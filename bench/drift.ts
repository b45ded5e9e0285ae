import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkDrift, type DriftCheck } from '#ml/check-drift'
import { profileDrift } from '#ml/drift-profile'
import { checkEvidently, usualEvidently } from '#ml/evidently-drift'
import { fitModel } from '#ml/fit-model'
import type { Model } from '#ml/model'
import { seededRandom } from '#ml/random'
import { expectAccepted } from '#ml/refusal'
import type { Table } from '#ml/table'
import { type Change, changes, driftTable, driftTarget, same, wideTable, writeTable } from './drift-tables.ts'
import { startDriftPeer } from './python-peers.ts'

const options = {
  batches: { type: 'string', default: '1000' },
  power: { type: 'string', default: '200' },
  reference: { type: 'string', default: '2000' },
  rate: { type: 'string', default: '0.05' },
  rounds: { type: 'string', default: '5' },
} as const

const sizes = [50, 200, 1_000, 5_000]

/**
 * How often a monitor alarms on equal and on changed batches, each with a reference of its own, beside Evidently's preset; then how long a check of
 * 100,000 rows x 20 columns takes, beside the preset in Python in the same run. For the rates the preset is computed by src/ml/evidently-drift.ts,
 * which a test holds to the package.
 *   --batches N   equal batches a size      --power N   changed batches a size      --reference N   rows of a reference      --rate A      --rounds N
 */
export async function benchDrift(given: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...given], options })
  const bench = { model: await modelOf(driftTable(4_000, seededRandom(1))), reference: Number(values.reference), rate: Number(values.rate) }
  printRates(bench, same, Number(values.batches))
  for (const change of changes) printRates(bench, change, Number(values.power))
  await printSpeed(Number(values.rounds))
}

async function modelOf(table: Table): Promise<Model> {
  return expectAccepted(await fitModel({ trainer: 'linear', table, target: driftTarget(table, seededRandom(2)), seed: 1 }))
}

interface Bench {
  readonly model: Model
  readonly reference: number
  readonly rate: number
}

/** Of some batches, how many were said to have drifted. */
interface Counts {
  readonly ours: number
  readonly told: number
  readonly anyColumn: number
  readonly dataset: number
}

function printRates(bench: Bench, change: Change, batches: number): void {
  const title = change === same ? `Equal batches: any drift verdict is false, stated ${bench.rate}` : `Changed batches: ${change.name}`
  process.stdout.write(`\n${title} (${batches} batches a size, each beside a reference of ${bench.reference} rows; 6 columns and the prediction)\n`)
  process.stdout.write('    rows      ours   not enough data   Evidently, any column   Evidently, dataset\n')
  for (const rows of sizes) {
    const { ours, told, anyColumn, dataset } = countAlarms(bench, { rows, change, batches })
    const limit = bench.rate + 2 * Math.sqrt((bench.rate * (1 - bench.rate)) / batches)
    const verdict = change !== same ? '' : ours / batches <= limit ? `   within ${limit.toFixed(4)}` : `   ABOVE ${limit.toFixed(4)}`
    process.stdout.write(`  ${String(rows).padStart(6)}  ${shown(ours, batches)}  ${shown(batches - told, batches).padStart(16)}  ${shown(anyColumn, batches).padStart(22)}  ${shown(dataset, batches).padStart(19)}${verdict}\n`)
  }
}

function shown(count: number, of: number): string {
  return `${((100 * count) / of).toFixed(1)} %`.padStart(8)
}

function countAlarms({ model, reference, rate }: Bench, { rows, change, batches }: { readonly rows: number; readonly change: Change; readonly batches: number }): Counts {
  let [ours, told, anyColumn, dataset] = [0, 0, 0, 0]
  for (let i = 0; i < batches; i++) {
    const random = seededRandom(9, rows, i)
    const [table, held, batch] = [driftTable(reference, random), driftTable(Math.ceil(reference / 4), random), driftTable(rows, random, change)]
    const profile = expectAccepted(profileDrift({ model, table, held, seed: 1 }))
    const { verdict } = check({ model, profile, batch, rate })
    const theirs = checkEvidently({ reference: table, batch, settings: usualEvidently })
    ours += verdict === 'drift' ? 1 : 0
    told += verdict === 'not_enough_data' ? 0 : 1
    anyColumn += theirs.driftedColumns > 0 ? 1 : 0
    dataset += theirs.drifted ? 1 : 0
  }
  return { ours, told, anyColumn, dataset }
}

function check({ model, profile, batch, rate }: { model: Model; profile: Parameters<typeof checkDrift>[0]['profile']; batch: Table; rate: number }): DriftCheck {
  const settings = { columns: batch.columns.map(({ name }) => name), prediction: true, rate, seed: 1, alert: { falseAlertRate: 0.05, inChecks: 365 } }
  return expectAccepted(checkDrift({ model, profile, table: batch, settings }))
}

async function printSpeed(rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'))
  const peer = await startDriftPeer()
  try {
    const [reference, batch] = [wideTable(20_000, 20, seededRandom(3)), wideTable(100_000, 20, seededRandom(4))]
    const files = { reference: join(folder, 'reference.csv'), batch: join(folder, 'batch.csv') }
    writeTable(files.reference, reference)
    writeTable(files.batch, batch)
    const model = await modelOf(reference)
    const profile = expectAccepted(profileDrift({ model, table: reference, held: wideTable(5_000, 20, seededRandom(5)), seed: 1 }))
    const named = (kind: string) => reference.columns.filter((column) => column.kind === kind).map(({ name }) => name)
    const [ours, theirs]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      const began = performance.now()
      check({ model, profile, batch, rate: 0.05 })
      ours.push((performance.now() - began) / 1_000)
      theirs.push((await peer.check({ ...files, numbers: named('numeric'), levels: named('category') })).seconds)
    }
    const [own, other] = [median(ours), median(theirs)]
    process.stdout.write(`\nA check of 100,000 rows x 20 columns beside 20,000 reference rows, score and effects included, median of ${rounds} in turn\n`)
    process.stdout.write(`  ours ${own.toFixed(3)} s   Evidently ${other.toFixed(3)} s   ratio ${(own / other).toFixed(3)}   ${own <= 0.5 ? 'within' : 'ABOVE'} 0.5 s\n`)
  } finally {
    peer.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
