import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchTables } from './fit-tables.ts'
import { startServingPeer } from './python-peers.ts'
import { fastestRequest, load, type Load } from './serve-load.ts'
import { startOurs } from './serve-ours.ts'
import { WrongUsage } from './wrong-usage.ts'

const batchRows = 100_000
const batches = 5
const connections = 16
/** A default EBM has as many terms on these rows as on all, so that it predicts as fast, and is fitted in minutes on a busy machine. */
const peerRows = 2_000

interface Options {
  readonly data: string
  readonly seconds: number
}

/** Single predictions, batches and scoring in the process, beside an EBM alone and behind FastAPI, in one run on one machine. */
export async function benchServe(given: readonly string[]): Promise<void> {
  const { data, seconds } = readOptions(given)
  const [table] = benchTables
  if (table === undefined) throw new WrongUsage('There is no table.')
  const file = join(data, table.file)
  if (!existsSync(file)) throw new WrongUsage(`There is no file ${file}; --data names the folder of the tables.`)
  const dataDir = mkdtempSync(join(tmpdir(), 'signalbox-serve-'))
  tell(`trains on ${table.file}`)
  const ours = await startOurs(table, file, dataDir)
  tell('asks the server')
  const peer = await startServingPeer()
  try {
    const one = ours.target(ours.rows.slice(0, 1))
    await load(one, { seconds: 3, connections })
    const before = await ours.processorSeconds()
    const full = await load(one, { seconds, connections })
    const processor = (((await ours.processorSeconds()) - before) * 1e6) / full.answered
    const rated = await load(one, { seconds, connections, rate: 1_000 })
    // Made only now: a text of so many rows would cost the load generator pauses.
    const batch = ours.target(Array.from({ length: batchRows }, (_, i) => ours.rows[i % ours.rows.length] ?? {}))
    const beforeBatch = await ours.processorSeconds()
    const batchMs = await fastestRequest(batch, batches)
    const processorRow = (((await ours.processorSeconds()) - beforeBatch) * 1e6) / (batches * batchRows)
    const inProcess = ours.scoreInProcess()
    await ours.close()
    const own: OwnFigures = { full, rated, processor, batchMs, processorRow, inProcess }
    process.stdout.write(ownText(own))
    tell(`fits the EBM on ${peerRows.toLocaleString('en-US')} rows`)
    const fitted = await peer.fit({ file, target: table.target, drop: table.drop, rows: peerRows })
    tell(`times the EBM of ${fitted.terms} terms`)
    const ebm = await peer.measure({ rows: ours.rows, batch: batchRows })
    tell('asks the EBM behind FastAPI')
    const peerTarget = { ...one, url: await peer.serve(), headers: {} }
    await load(peerTarget, { seconds: 2, connections })
    const fastapi = await load(peerTarget, { seconds, connections })
    const fastapiMs = await fastestRequest({ ...batch, url: peerTarget.url, headers: {} }, 2)
    process.stdout.write(peerText(own, { ebm, fastapi, fastapiMs }))
  } finally {
    peer.close()
    await ours.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Progress, beside what is printed. */
function tell(what: string): void {
  process.stderr.write(`serve: ${what} …\n`)
}

function readOptions(given: readonly string[]): Options {
  try {
    const { values } = parseArgs({ args: [...given], options: { data: { type: 'string', default: '../shared/data' }, seconds: { type: 'string', default: '10' } } })
    const { data } = values
    const seconds = Number(values.seconds)
    if (!Number.isInteger(seconds) || seconds < 2) throw new WrongUsage('--seconds takes a whole number from 2 on.')
    return { data, seconds }
  } catch (error) {
    throw error instanceof WrongUsage ? error : new WrongUsage(error instanceof Error ? error.message : String(error))
  }
}

interface OwnFigures {
  readonly full: Load
  readonly rated: Load
  /** Microseconds of the processor, all threads of the server together: for a request of one row, and for a row of a batch. */
  readonly processor: number
  readonly processorRow: number
  readonly batchMs: number
  readonly inProcess: number
}

interface PeerFigures {
  readonly ebm: { readonly one: number; readonly batch: number }
  readonly fastapi: Load
  readonly fastapiMs: number
}

function ownText({ full, rated, processor, batchMs, processorRow, inProcess }: OwnFigures): string {
  return textOf([
    `One server process; the load generator shares the ${availableParallelism()} cores. Goals in brackets.`,
    `single rows over HTTP      ${Math.round(full.perSecond)} a second (≥ 3000), p50 ${full.p50} ms, p99 ${full.p99} ms, ${full.failed} failed`,
    `at 1,000 a second          ${Math.round(rated.perSecond)} a second, p50 ${rated.p50} ms, p99 ${rated.p99} ms (< 10 ms), ${rated.failed} failed`,
    `processor of the server    ${Math.round(processor)} µs for a request of one row, ${processorRow.toFixed(1)} µs for a row of a batch`,
    `batch of ${batchRows.toLocaleString('en-US')} rows      ${Math.round(batchMs)} ms (≤ 2000 ms)`,
    `a raw row in the process   ${inProcess.toFixed(2)} µs (≤ 2 µs)`,
  ])
}

function peerText({ full, batchMs, inProcess }: OwnFigures, { ebm, fastapi, fastapiMs }: PeerFigures): string {
  const [one, row] = [ebm.one * 1e6, (ebm.batch * 1e6) / batchRows]
  const times = (value: number) => `${value >= 10 ? Math.round(value) : value.toFixed(1)} times`
  return textOf([
    `EBM predict_proba          ${Math.round(one)} µs for one row: ${times(one / inProcess)} ours; ${row.toFixed(2)} µs a row in a batch: ${times(row / inProcess)} ours`,
    `EBM behind FastAPI         ${Math.round(fastapi.perSecond)} a second, p99 ${fastapi.p99} ms, ${fastapi.failed} failed: ours answers ${times(full.perSecond / fastapi.perSecond)} as many`,
    `                           ${Math.round(fastapiMs)} ms for the batch: ${times(fastapiMs / batchMs)} ours`,
  ])
}

function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
