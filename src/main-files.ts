import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskBlobs } from '#blobs/disk-blobs'
import { startCompute } from '#compute/start-compute'
import { Closing } from '#core/closing'
import { orThrow } from '#core/errors'
import type { Blobs, TableReader } from '#core/ports'
import { type RunningDataEngine, startDataEngine } from '#data/duckdb-engine'
import { tableReader } from '#data/table-reader'
import { writeTableFile } from '#data/write-table-file'
import type { Trainer } from '#ml/model'
import { type CheckResult, verifyJson } from '#scoring/export-json'
import { type InspectedFile, type InspectedTable, inspectTable } from '#service/inspect-table'
import { type LabelledFile, type LabelledRows, readLabelled } from '#service/read-labelled'
import { splitFold } from '#service/split-fold'
import { type FitTimes, timeFit } from '#service/time-fit'
import { type FileToTransform, type Transformed, transformTable } from '#service/transform-table'
import { usualMemoryMb } from './usual-memory.ts'

export type { InspectedTable } from '#service/inspect-table'

/** Scores the check rows of a JSON export with the scorer that it holds. */
export function verifyJsonExport(text: string): CheckResult {
  return orThrow(verifyJson(text))
}

/** Reads a file into typed columns, without Postgres and HTTP; nothing of it is kept. */
export function readLabelledFile(file: LabelledFile, options: PassingOptions): Promise<LabelledRows> {
  return withPassingFolder(options, (parts) => readLabelled(file, parts))
}

/** Tells what is in a file and what is wrong with it, without Postgres and HTTP; nothing of it is kept. */
export function inspectFile(file: InspectedFile, options: PassingOptions): Promise<InspectedTable> {
  return withPassingFolder(options, async ({ reader, data, signal, files }) => {
    const { table, report } = await reader.read(file, { signal })
    const inspection = orThrow(await inspectTable({ ...file, table, report }, { data, signal }))
    const aside = report.set_aside === null ? undefined : await files.getBytes(report.set_aside.hash)
    return { inspection, report, set_aside: aside ?? null }
  })
}

/** Runs a spec over a file and writes the table that it gives, without Postgres and HTTP; nothing else of it is kept. */
export function transformFile(file: FileToTransform, options: PassingOptions): Promise<Transformed> {
  return withPassingFolder(options, async ({ reader, data, signal }) => {
    const { table } = await reader.read(file, { signal })
    const done = await transformTable(table, file.spec, { data, signal })
    await writeTableFile(data, { table: done.table, path: file.out }, { signal })
    return done
  })
}

interface PassingOptions {
  readonly threads: number
  readonly signal: AbortSignal
}

/** What works on files that nothing is kept of, in a folder that is gone in the end. */
async function withPassingFolder<T>({ threads, signal }: PassingOptions, work: (parts: PassingParts) => Promise<T>): Promise<T> {
  const closing = new Closing()
  try {
    const folder = await mkdtemp(join(tmpdir(), 'signalbox-'))
    closing.add(() => rm(folder, { recursive: true, force: true }))
    const files = diskBlobs({ folder: join(folder, 'blobs') })
    const data = await startDataEngine({ blobs: files, temporaryFolder: folder, memoryLimitMb: usualMemoryMb(), threads })
    closing.add(() => data.close())
    return await work({ reader: tableReader(data), data, signal, files })
  } finally {
    await closing.run()
  }
}

interface PassingParts {
  readonly reader: TableReader
  readonly data: RunningDataEngine
  readonly signal: AbortSignal
  readonly files: Blobs
}

/** Fits one fold of rows in this process, which has nothing else to do, and times it. */
export async function timeFold(rows: LabelledRows, { fold, trainer, threads, signal }: { fold: number; trainer: Trainer; threads: number; signal: AbortSignal }): Promise<FitTimes> {
  const openCompute = () => startCompute({ threads, memoryLimitMb: usualMemoryMb(), callerHelps: true })
  return timeFit(orThrow(splitFold(rows, fold)), { trainer, seed: 1 }, { clock: () => performance.now(), openCompute, signal })
}
