import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diskBlobs } from '#blobs/disk-blobs'
import { jsonBlobs } from '#blobs/json-blobs'
import { startCompute } from '#compute/start-compute'
import { orThrow } from '#core/errors'
import type { Trained } from '#core/outcomes'
import { join as joinSql, name, sql } from '#core/sql'
import { type RunningDataEngine, startDataEngine } from '#data/duckdb-engine'
import { tableReader } from '#data/table-reader'
import type { Facts, Tools } from '#phases/phase'
import { readScorer } from '#scoring/scorer'
import { generatedColumns, without } from './generated-columns.testkit.ts'
import { labelledOutcome } from './labelled.testkit.ts'
import { memoryTools } from './memory-tools.testkit.ts'
import { trainPhase } from './phase.ts'

const { signal } = new AbortController()
let folder = ''
let data: RunningDataEngine
let facts: Facts
let blobs: Tools['blobs']

/** The generated rows as a file, read and sealed by the real engine. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-train-'))
  const disk = diskBlobs({ folder: join(folder, 'blobs') })
  blobs = jsonBlobs(disk)
  data = await startDataEngine({ blobs: disk, temporaryFolder: join(folder, 'temporary') })
  const columns = without(generatedColumns({ rows: 600, seed: 21 }), 'cost', 'grade')
  const lines = Array.from({ length: 600 }, (_, row) =>
    columns.map((column) => String(column.cells[row] ?? '')).join(','),
  )
  const path = join(folder, 'generated.csv')
  await writeFile(path, `${columns.map((column) => column.name).join(',')}\n${lines.join('\n')}\n`)
  const { table } = await tableReader(data).read({ path, fileName: 'generated.csv' }, { signal })
  const made = labelledOutcome({ columns, label: 'event', task: 'binary' })
  const ids = joinSql(table.columns.map((column) => name(column.id)))
  const query = sql`select row_id, ${ids}, row_id % 5 = 4 as ${name(made.labelled.sealed)}, row_id as ${name(made.labelled.group)} from raw`
  const sealed = made.labelled.table.columns.slice(table.columns.length)
  const labelled = await data.materialise(
    { query, tables: { raw: table.hash }, columns: [...table.columns, ...sealed] },
    { signal },
  )
  facts = { ...made.facts, table, outcomes: { label_selection: { ...made.labelled, table: labelled } } }
})

afterAll(async () => {
  await data.close()
  await rm(folder, { recursive: true, force: true })
})

async function trained(threads: number): Promise<Trained> {
  const compute = startCompute({ threads, memoryLimitMb: 1000 })
  const tools: Tools = { data, blobs, compute, seed: 1, signal, progress: () => undefined }
  try {
    const proposal = orThrow(await trainPhase.propose(facts, tools))
    const decision = orThrow(trainPhase.read({ action: 'train' }, proposal))
    return orThrow(await trainPhase.apply(facts, decision, tools)).outcome
  } finally {
    await compute.close()
  }
}

test('one thread and two give the same model, and the scorer says of raw rows what the engine measured', async () => {
  const [one, two] = [await trained(1), await trained(2)]
  expect(two).toEqual(one)
  const scorer = orThrow(readScorer(await blobs.get(one.model)))
  const columns = joinSql(facts.table.columns.map((column) => name(column.id)))
  const rows = await data.query(sql`select ${columns} from raw where row_id % 5 = 4 order by row_id`, {
    signal,
    tables: { raw: facts.table.hash },
  })
  const right = rows.filter((row) => {
    const raw = Object.fromEntries(facts.table.columns.map((column) => [column.name, row[column.id] ?? null]))
    return scorer.predictRow(raw).prediction === raw.event
  })
  expect(right.length / rows.length).toBeCloseTo(one.test_metrics.accuracy?.value ?? 0, 12)
})

test('a cancelled run ends while the threads compute', async () => {
  const compute = startCompute({ threads: 2, memoryLimitMb: 1000 })
  const cancel = new AbortController()
  const tools: Tools = {
    data,
    blobs,
    compute,
    seed: 1,
    signal: cancel.signal,
    progress: (fraction) => fraction > 0.1 && cancel.abort(),
  }
  await expect(trainPhase.propose(facts, tools)).rejects.toThrow()
  await compute.close()
})

test('a long fit of a glass box ends within a second of its cancel, and says until then what it fits', async () => {
  const columns = without(generatedColumns({ rows: 50_000, seed: 4 }), 'cost', 'grade')
  const { made, facts: many } = labelledOutcome({ columns, label: 'event', task: 'binary' })
  const compute = startCompute({ threads: 2, memoryLimitMb: 1000 })
  const cancel = new AbortController()
  const texts = new Set<string>()
  const began = Promise.withResolvers<void>()
  const progress: Tools['progress'] = (_, text) => {
    texts.add(text ?? '')
    if (text?.includes('fold 1 of') === true) began.resolve()
  }
  const tools = memoryTools([made], { compute, signal: cancel.signal, progress })
  const proposing = trainPhase.propose(many, tools).then(
    () => 'finished',
    () => 'cancelled',
  )
  await began.promise
  // The fit has begun; at this size it takes many times as long as it is left to.
  await setTimeout(200)
  cancel.abort()
  expect(await Promise.race([proposing, setTimeout(1000, 'still at it')])).toBe('cancelled')
  expect([...texts]).toContainEqual(expect.stringMatching(/^Glass box, curves and pairs, fold \d of 5/))
  await compute.close()
})
