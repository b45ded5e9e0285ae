import { type Command, InvalidArgumentError, Option } from 'commander'
import { readableDelimiters, readableEncodings, type ReadOptions } from '#core/dataset'
import { wholeNumber } from './option-values.ts'

type Delimiter = (typeof readableDelimiters)[number] | 'none'

/** How a file is to be read; none is a value of its own, which the options of reading have as null. */
export interface ReadFlags {
  readonly encoding?: ReadOptions['encoding']
  readonly delimiter?: Delimiter
  readonly headerRow?: number | 'none'
  readonly decimal?: ReadOptions['decimal']
  readonly dates?: ReadOptions['date_order']
  readonly sheet?: string
}

/** What every command that reads a file takes, for what is not to be found out. */
export function withReadOptions(command: Command): Command {
  return command
    .addOption(new Option('--encoding <name>', 'how the text is written (default: found out, as all about reading)').choices(readableEncodings))
    .option('--delimiter <mark>', 'between fields: , ; | or tab; none where each line is one field', readDelimiter)
    .option('--header-row <n>', 'zero-based row of the header, blank lines not counted; none where there is none', readHeaderRow)
    .addOption(new Option('--decimal <mark>', 'before the fraction of a number').choices(['.', ',']))
    .addOption(new Option('--dates <order>', 'of dates such as 1/2/2024').choices(['day_first', 'month_first']))
    .option('--sheet <name>', 'sheet of a workbook')
}

/** The flags as the reader takes them; undefined where none was given. */
export function readOptionsOf({ encoding, delimiter, headerRow, decimal, dates, sheet }: ReadFlags): ReadOptions | undefined {
  const told = {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === 'none' ? null : delimiter }),
    ...(headerRow === undefined ? {} : { header_row: headerRow === 'none' ? null : headerRow }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(dates === undefined ? {} : { date_order: dates }),
    ...(sheet === undefined ? {} : { sheet }),
  }
  return Object.keys(told).length === 0 ? undefined : told
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
