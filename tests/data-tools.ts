import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskBlobs } from '#blobs/disk-blobs'
import { jsonBlobs } from '#blobs/json-blobs'
import type { Table } from '#core/dataset'
import type { Compute } from '#core/ports'
import { startDataEngine } from '#data/duckdb-engine'
import { tableReader } from '#data/table-reader'
import { tasks } from '#ml/tasks'
import type { Facts, Tools } from '#phases/phase'
import { csvOf, type GeneratedColumn } from './generate-table.ts'

/** The real data engine over a temporary folder, with the tasks of `ml` run on this thread. */
export interface DataTools {
  readonly tools: Tools
  /** Reads generated columns as an uploaded CSV file. */
  read(columns: readonly GeneratedColumn[]): Promise<Table>
  close(): Promise<void>
}

export async function startDataTools(seed = 1): Promise<DataTools> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-phases-'))
  const blobs = diskBlobs({ folder: join(folder, 'blobs') })
  const data = await startDataEngine({ blobs, temporaryFolder: folder, memoryLimitMb: 1000, threads: 2 })
  const reader = tableReader(data)
  const { signal } = new AbortController()
  return {
    tools: { data, blobs: jsonBlobs(blobs), compute: inlineCompute(), seed, signal, progress: () => undefined },
    async read(columns) {
      const path = join(folder, 'table.csv')
      await writeFile(path, csvOf(columns))
      return (await reader.read({ path, fileName: 'table.csv' }, { signal })).table
    },
    async close() {
      await data.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function inlineCompute(): Compute {
  const byName = new Map<string, (input: never) => unknown>(Object.entries(tasks))
  const run = async (task: string, input: unknown): Promise<unknown> => {
    const found = byName.get(task)
    if (found === undefined) throw new Error(`no task ${task}`)
    return found(input as never)
  }
  return { run, parallel: (task, inputs) => Promise.all(inputs.map((input) => run(task, input))), close: async () => undefined }
}

/** The facts of a run on a table, as the engine hands them to a phase. */
export function factsOf(table: Table, more: Partial<Facts> = {}): Facts {
  return { table, texts: { user_query: null, target: null }, task: null, test: { share: 0.2, seed: 1 }, algorithm: 'xgm', outcomes: {}, drafts: [], run: null, ...more }
}
