import { type Command, InvalidArgumentError } from 'commander'
import { wholeNumber } from './option-values.ts'

/** What a transformation is asked for with. */
export interface TransformFlags {
  readonly spec: string
  readonly out: string
  readonly threads: number
  readonly json?: boolean | undefined
}

/** Adds the command that runs a pipeline of steps over a table, without a data folder. */
export function addTransform(signalbox: Command): void {
  signalbox
    .command('transform')
    .description('run the steps of a spec over a table and write what they give; keeps nothing else')
    .argument('<file>', 'the table')
    .requiredOption('--spec <file>', 'JSON file of the steps: {"version": "2.0", "steps": [{"id", "type", "columns", "params"}]}')
    .requiredOption('--out <file>', 'file to write, .csv or .parquet', readOut)
    .option('--threads <n>', 'threads that compute', wholeNumber(1, 512), 2)
    .option('--json', 'print one JSON line for scripts')
    .action(async (file: string, flags: TransformFlags) => (await import('./transform.ts')).transform(file, flags))
}

function readOut(text: string): string {
  if (!/\.(?:csv|parquet)$/iu.test(text)) throw new InvalidArgumentError('It ends in .csv or .parquet.')
  return text
}
