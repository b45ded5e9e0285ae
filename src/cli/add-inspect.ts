import { type Command, InvalidArgumentError, Option } from 'commander'
import { readableDelimiters, readableEncodings, type ReadOptions } from '#core/dataset'
import { wholeNumber } from './option-values.ts'

type Delimiter = (typeof readableDelimiters)[number] | 'none'

/** What a file is inspected with; none is a value of its own, which the options of reading have as null. */
export interface InspectFlags {
  readonly target?: string
  readonly encoding?: ReadOptions['encoding']
  readonly delimiter?: Delimiter
  readonly headerRow?: number | 'none'
  readonly decimal?: ReadOptions['decimal']
  readonly dates?: ReadOptions['date_order']
  readonly sheet?: string
  readonly setAside?: string
  readonly threads: number
  readonly json?: boolean | undefined
}

/** Adds the command that tells what is in a file and what is wrong with it, without a data folder. */
export function addInspect(signalbox: Command): void {
  signalbox
    .command('inspect')
    .description('tell what is in a table and what is wrong with it; keeps nothing')
    .argument('<file>', 'CSV, TSV, JSON, XLSX or Parquet, packed with gzip or not')
    .option('--target <column>', 'the column to predict: tells what leaks it besides')
    .addOption(new Option('--encoding <name>', 'how the text is written (default: found out, as all below)').choices(readableEncodings))
    .option('--delimiter <mark>', 'between fields: , ; | or tab; none where each line is one field', readDelimiter)
    .option('--header-row <n>', 'zero-based row of the header, blank lines not counted; none where there is none', readHeaderRow)
    .addOption(new Option('--decimal <mark>', 'before the fraction of a number').choices(['.', ',']))
    .addOption(new Option('--dates <order>', 'of dates such as 1/2/2024').choices(['day_first', 'month_first']))
    .option('--sheet <name>', 'sheet of a workbook')
    .option('--set-aside <file>', 'write the rows that are none of the table to this CSV file')
    .option('--threads <n>', 'threads that compute', wholeNumber(1, 512), 2)
    .option('--json', 'print one JSON line for scripts')
    .action(async (file: string, flags: InspectFlags) => (await import('./inspect.ts')).inspect(file, flags))
}

function readDelimiter(text: string): Delimiter {
  if (text === 'none') return text
  const mark = text === 'tab' || text === '\\t' ? '\t' : readableDelimiters.find((one) => one === text)
  if (mark === undefined) throw new InvalidArgumentError('Use one of , ; | tab none.')
  return mark
}

function readHeaderRow(text: string): number | 'none' {
  return text === 'none' ? text : wholeNumber(0, 100)(text)
}
