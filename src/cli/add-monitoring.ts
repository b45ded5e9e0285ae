import { Option, type Command } from 'commander'
import { addMonitorFollowing } from './add-monitor-following.ts'
import { wholeNumber } from './option-values.ts'

/** Adds the commands that look at monitors and give them batches to check. */
export function addMonitoring(signalbox: Command, withHouse: (command: Command) => Command): void {
  const asking = (command: Command) =>
    withHouse(command)
      .option('--url <url>', 'address of a server that runs (default: SIGNALBOX_URL, else open the data folder)')
      .option('--key <key>', 'key for that server (default: SIGNALBOX_KEY)')
      .option('--json', 'print JSON for scripts')
  const monitor = signalbox.command('monitor').description('watch whether new rows are as those that a model was trained on')
  asking(monitor.command('check').description('compare the rows of a file with the training rows').argument('<file>', 'CSV, Parquet or another table file, columns as in the training file'))
    .requiredOption('--monitor <id>', 'the monitor; `signalbox monitor list` names them')
    .addOption(new Option('--method <method>', 'another method than the monitor\'s own').choices(['calibrated', 'evidently']))
    .action(async (file: string, flags) => (await import('./monitor.ts')).checkFile(file, flags))
  asking(monitor.command('list').description('the monitors of the team, newest first'))
    .action(async (flags) => (await import('./monitor.ts')).listMonitors(flags))
  asking(monitor.command('checks').description('checks that were made, newest first').argument('<monitor-id>'))
    .option('--limit <n>', 'how many', wholeNumber(1, 1_000))
    .action(async (monitorId: string, flags) => (await import('./monitor.ts')).listChecks(monitorId, flags))
  addMonitorFollowing(monitor, asking)
}
