import type { Command } from 'commander'
import { wholeNumber } from './option-values.ts'
import { type ReadFlags, withReadOptions } from './read-options.ts'

/** What a file is inspected with. */
export interface InspectFlags extends ReadFlags {
  readonly target?: string
  readonly setAside?: string
  readonly threads: number
  readonly json?: boolean | undefined
}

/** Adds the command that tells what is in a file and what is wrong with it, without a data folder. */
export function addInspect(signalbox: Command): void {
  const inspecting = signalbox
    .command('inspect')
    .description('tell what is in a table and what is wrong with it; keeps nothing')
    .argument('<file>', 'CSV, TSV, JSON, XLSX or Parquet, packed with gzip or not')
    .option('--target <column>', 'the column to predict: tells what leaks it besides')
    .option('--set-aside <file>', 'write the rows that are none of the table to this CSV file')
    .option('--threads <n>', 'threads that compute', wholeNumber(1, 512), 2)
    .option('--json', 'print one JSON line for scripts')
  withReadOptions(inspecting).action(async (file: string, flags: InspectFlags) => (await import('./inspect.ts')).inspect(file, flags))
}
