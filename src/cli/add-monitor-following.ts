import { Option, type Command } from 'commander'
import { wholeNumber } from './option-values.ts'

const follow = () => import('./monitor-follow.ts')

/** Adds the commands for what monitors do by themselves: kept rows, schedules, labels, alerts, challengers. */
export function addMonitorFollowing(monitor: Command, asking: (command: Command) => Command): void {
  addKeeping(monitor, asking)
  addAlerts(monitor, asking)
  addChallengers(monitor, asking)
}

function addKeeping(monitor: Command, asking: (command: Command) => Command): void {
  asking(monitor.command('create').description('watch the newest version of a model').argument('<model-id>'))
    .requiredOption('--name <name>', 'name of the monitor')
    .addOption(new Option('--method <method>', 'which tests give the verdicts').choices(['calibrated', 'evidently']))
    .action(async (modelId: string, flags) => (await follow()).createMonitor(modelId, flags))
  asking(monitor.command('capture').description('keep a bounded sample of the rows that a deployment scores; without an option, tell how it stands').argument('<deployment-id>'))
    .option('--share <share>', 'share of the rows, up to 1', Number)
    .option('--max-rows <n>', 'the oldest go where there are more', wholeNumber(1, 100_000))
    .option('--key-column <name>', 'column by which labels are joined later')
    .option('--end', 'keep no more')
    .option('--delete', 'delete the rows that are kept')
    .action(async (deploymentId: string, flags) => (await follow()).capture(deploymentId, flags))
  asking(monitor.command('schedule').description('check kept rows at the times of a cron expression; without an option, tell when').argument('<monitor-id>'))
    .option('--cron <expression>', 'five fields, for example "0 6 * * *"')
    .option('--deployment <id>', 'the deployment that keeps the rows')
    .option('--time-zone <zone>', 'for example Europe/Berlin (default: UTC)')
    .option('--retrain-from <n>', 'on an alert, train and propose a challenger where so many kept rows have a label', wholeNumber(1, 100_000))
    .option('--remove', 'check nothing by itself any more')
    .action(async (monitorId: string, flags) => (await follow()).schedule(monitorId, flags))
  asking(monitor.command('labels').description('join labels to kept rows, and tell how the model does on them').argument('<monitor-id>'))
    .requiredOption('--deployment <id>', 'the deployment that keeps the rows')
    .option('--file <file>', 'JSON: [{"key": …, "label": …}]')
    .action(async (monitorId: string, flags) => (await follow()).labels(monitorId, flags))
}

function addAlerts(monitor: Command, asking: (command: Command) => Command): void {
  asking(monitor.command('alerts').description('the alerts of a monitor, newest first').argument('<monitor-id>'))
    .action(async (monitorId: string, flags) => (await follow()).listAlerts(monitorId, flags))
  asking(monitor.command('acknowledge').description('say that an alert was seen, and who takes care of it').argument('<alert-id>'))
    .option('--owner <name>')
    .option('--note <text>')
    .action(async (alertId: string, flags) => (await follow()).acknowledge(alertId, flags))
}

function addChallengers(monitor: Command, asking: (command: Command) => Command): void {
  asking(monitor.command('propose').description('train a challenger on labelled rows, and ask whether it shall replace the model').argument('<monitor-id>'))
    .requiredOption('--dataset <id>', 'rows with labels')
    .option('--alert <id>', 'the alert that it answers')
    .action(async (monitorId: string, flags) => (await follow()).propose(monitorId, flags))
  asking(monitor.command('proposals').description('the challengers of a monitor').argument('<monitor-id>'))
    .action(async (monitorId: string, flags) => (await follow()).listProposals(monitorId, flags))
  asking(monitor.command('decide').description('keep, promote or retrain').argument('<proposal-id>').argument('<choice>', 'keep, promote or retrain'))
    .option('--deployment <id>', 'promote: the deployment that is to answer with the challenger (default: every active one of the model in use)')
    .option('--dataset <id>', 'retrain: other rows')
    .option('--rationale <text>', 'why; kept with the decision')
    .action(async (proposalId: string, choice: string, flags) => (await follow()).decide(proposalId, choice, flags))
}
