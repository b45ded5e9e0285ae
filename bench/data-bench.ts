import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskBlobs } from '#blobs/disk-blobs'
import type { Profile, Table } from '#core/dataset'
import { startDataEngine } from '#data/duckdb-engine'
import { tableReader } from '#data/table-reader'
import { findIssues, type FoundIssues } from '#findings/find-issues'

const { signal } = new AbortController()

/** A data engine over a folder of its own, that reads a file and finds what is wrong in it. */
export interface DataBench {
  read(path: string): Promise<Table>
  profile(table: Table): Promise<Profile>
  find(table: Table, profile: Profile, target: string): Promise<FoundIssues>
  close(): Promise<void>
}

export async function openDataBench(threads: number): Promise<DataBench> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'))
  const data = await startDataEngine({ blobs: diskBlobs({ folder: join(folder, 'blobs') }), temporaryFolder: folder, memoryLimitMb: 1_000, threads })
  const reader = tableReader(data)
  return {
    read: async (path) => (await reader.read({ path, fileName: 'table.csv' }, { signal })).table,
    profile: (table) => data.profile(table, { signal }),
    find: (table, profile, target) => findIssues({ table, profile, target: table.columns.find((column) => column.name === target)?.id ?? null }, { data, signal }),
    async close() {
      await data.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Seconds that a piece of work takes, beside what it gives. */
export async function timed<Value>(work: () => Promise<Value>): Promise<{ seconds: number; value: Value }> {
  const began = performance.now()
  const value = await work()
  return { seconds: (performance.now() - began) / 1_000, value }
}
