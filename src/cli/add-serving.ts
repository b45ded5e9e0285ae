import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'

/** Adds the commands over what serves: files to score, and stop buttons. */
export function addScoring(signalbox: Command, withHouse: (command: Command) => Command): void {
  const asking = (command: Command) =>
    withHouse(command)
      .option('--url <url>', 'address of a server that runs (default: SIGNALBOX_URL, else open the data folder)')
      .option('--key <key>', 'key for that server (default: SIGNALBOX_KEY)')
      .option('--json', 'print JSON for scripts')
  asking(signalbox.command('score').description('score the rows of a file with a deployment').argument('<file>', 'CSV, TSV, JSON, XLSX or Parquet, columns as in the training file'))
    .requiredOption('--deployment <id>', 'the deployment; `results.deployment_id` of its run')
    .requiredOption('--out <file>', 'file to write to: Parquet where it ends so, else CSV')
    .option('--threshold <p>', 'from which probability on a row is called positive', share)
    .option('--breakdown', 'add what each column adds to the score')
    .option('--keep <columns...>', 'columns of the file that stand in the result as they are')
    .option('--escape-formulas', 'CSV: put an apostrophe before texts that a spreadsheet would take for a formula')
    .action(async (file: string, flags) => (await import('./score.ts')).scoreFile(file, flags))
  for (const [verb, description] of [['stop', 'stop a deployment, or everything: fallbacks are answered, or nothing'], ['resume', 'take a stop back']] as const) {
    asking(signalbox.command(verb).description(description).argument('[deployment-id]'))
      .option('--all', 'every deployment of the team')
      .option('--reason <text>', 'why; it is kept for good')
      .action(async (deploymentId: string | undefined, flags) => (await import('./stop.ts')).pressStop(verb, deploymentId, flags))
  }
  asking(signalbox.command('stops').description('whether everything is stopped, and every press of a stop button')).action(async (flags) => (await import('./stop.ts')).listStops(flags))
}

function share(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('Give a number from 0 to 1.')
  return value
}
