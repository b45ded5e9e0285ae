import type { Command } from 'commander'
import { withReadOptions } from './read-options.ts'
import { readTask, readTestRows, wholeNumber } from './option-values.ts'

/** What every command that starts a run on a file takes. */
export function withStartOptions(command: Command): Command {
  const started = command
    .argument('<file>', 'CSV, TSV, JSON, XLSX or Parquet, packed with gzip or not')
    .option('--target <column>', 'column to predict')
    .option('--task <task>', 'binary, multiclass or regression', readTask)
    .option('--query <text>', 'what you want, in words: "predict churn, don\'t use gender"')
    .option('--test <rows>', 'test rows: index:5:4, or share:0.2[:SEED]', readTestRows)
    .option('--seed <n>', 'seed of everything random', wholeNumber(0, 2 ** 30))
    .option('--name <name>', 'name of the model (default: that of the file)')
  return withReadOptions(started)
}
