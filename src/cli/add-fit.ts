import { type Command, InvalidArgumentError, Option } from 'commander'
import type { TaskName } from '#core/run-settings'
import { readTask, wholeNumber } from './option-values.ts'

const trainers = ['glassbox', 'glassbox-main', 'trees', 'linear'] as const

/** What a fit is asked for with. */
export interface FitFlags {
  readonly target: string
  readonly task: TaskName
  readonly drop: readonly string[]
  readonly trainer: (typeof trainers)[number]
  readonly fold: number
  readonly threads: number
  readonly json?: boolean | undefined
}

/** Adds the command that fits one trainer to a table and times it, without a data folder. */
export function addFit(signalbox: Command): void {
  signalbox
    .command('fit')
    .description('fit one trainer to a table, test it on every fifth row, and time it; keeps nothing')
    .argument('<file>', 'CSV, TSV, JSON, XLSX or Parquet')
    .requiredOption('--target <column>', 'the column to predict')
    .addOption(new Option('--task <task>', 'binary, multiclass or regression').argParser(readTask).makeOptionMandatory())
    .option('--drop <columns>', 'columns that are not learnt from, with commas between; may be repeated', moreNames, [])
    .addOption(new Option('--trainer <trainer>', 'what is fitted').choices(trainers).default('glassbox'))
    .option('--fold <n>', 'rows whose zero-based index modulo 5 is this are the test', wholeNumber(0, 999_999), 4)
    .option('--threads <n>', 'threads that compute', wholeNumber(1, 512), 2)
    .option('--json', 'print one JSON line for scripts')
    .action(async (file: string, flags: FitFlags) => (await import('./fit.ts')).fitFile(file, flags))
}

/** A column whose name holds a comma is given alone, in double quotes. */
function moreNames(text: string, before: readonly string[]): string[] {
  const quoted = /^"(.*)"$/su.exec(text.trim())
  const names = quoted === null ? text.split(',').filter((part) => part.trim() !== '') : [quoted[1] ?? '']
  if (names.length === 0) throw new InvalidArgumentError('Name at least one column, or leave the option out.')
  return [...before, ...names]
}
