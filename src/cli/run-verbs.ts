import { Option, type Command } from 'commander'
import { runStatuses } from '#core/phase-names'
import { wholeNumber } from './option-values.ts'
import { withStartOptions } from './start-options.ts'

/** The commands over runs and decisions, on a server that runs or on a data folder. */
export function addRunVerbs(signalbox: Command): void {
  addRuns(signalbox)
  addDecisions(signalbox)
  addRetrain(signalbox)
}

function withClientOptions(command: Command): Command {
  return command
    .option('--url <url>', 'address of a running server (default: SIGNALBOX_URL; without, the data folder is opened)')
    .option('--key <key>', 'API key of that server (default: SIGNALBOX_KEY)')
    .option('--data-dir <dir>', 'folder that keeps everything (default: SIGNALBOX_HOME, else ./.signalbox)')
    .option('--json', 'print JSON for scripts')
}

/** Commands that take the id of a run and nothing else. */
const runVerbs = [
  ['show', 'a run as it stands', 'showRun'],
  ['phases', 'its planned phases in order', 'listPhases'],
  ['cancel', 'end a run for good', 'cancelRun'],
  ['skip', 'go on without the phase that computes or waits', 'skipPhase'],
  ['resume', 'let a paused run go on, or a failed one try again', 'resumeRun'],
  ['delete', 'delete an ended run', 'deleteRun'],
  ['dag', 'the steps from the raw table to what the model reads', 'showDag'],
  ['lineage', 'which raw column became which term of the model', 'showLineage'],
] as const

function addRuns(signalbox: Command): void {
  const runs = signalbox.command('runs').description('look at runs, and move them')
  withClientOptions(runs.command('list').description('the runs of the team, newest first'))
    .addOption(new Option('--status <status>', 'only runs of this status').choices(runStatuses))
    .option('--limit <n>', 'how many', wholeNumber(1, 200))
    .action(async (flags) => (await import('./runs.ts')).listRuns(flags))
  withStartOptions(withClientOptions(runs.command('start').description('start a run on a file, with every gate, and wait for its first card')))
    .action(async (file: string, flags) => (await import('./runs.ts')).startRun(file, flags))
  for (const [verb, description, work] of runVerbs) {
    withClientOptions(runs.command(verb).description(description).argument('<run-id>')).action(async (runId: string, flags) => (await import('./runs.ts'))[work](runId, flags))
  }
}

function addDecisions(signalbox: Command): void {
  const decisions = signalbox.command('decisions').description('look at open decisions, and answer them')
  withClientOptions(decisions.command('list').description('what waits for a decision, the longest waiting first'))
    .option('--limit <n>', 'how many', wholeNumber(1, 200))
    .action(async (flags) => (await import('./decisions.ts')).listDecisions(flags))
  withClientOptions(decisions.command('show').description('the card that a run waits with').argument('<run-id>'))
    .action(async (runId: string, flags) => (await import('./decisions.ts')).showDecision(runId, flags))
  withClientOptions(decisions.command('answer').description('answer the open decision of a run').argument('<run-id>'))
    .option('--recommended', 'take what the card recommends')
    .option('--choice <n>', 'the option by its number on the card', wholeNumber(1, 100_000))
    .option('--apply <numbers>', 'options by their numbers: 1,3, or all, none, recommended')
    .option('--custom <json>', 'an answer of your own as JSON, or @file')
    .option('--action <word>', 'such as train, approve, reject or skip')
    .option('--rationale <text>', 'why; kept with the decision')
    .option('--no-wait', 'return at once, without waiting for what comes next')
    .action(async (runId: string, flags) => (await import('./decisions.ts')).answerDecision(runId, flags))
}

function addRetrain(signalbox: Command): void {
  withClientOptions(signalbox.command('retrain').description('decide as a completed run did, and compare the models').argument('<run-id>'))
    .option('--dataset <file>', 'a new table with the columns that the model needs')
    .option('--name <name>', 'name of the model')
    .option('--spec <json>', 'the pipeline of data_preparation, or @file')
    .option('--add-steps <json>', 'a list of steps that come after it, or @file')
    .option('--remove-step <id...>', 'steps to leave out, by id')
    .option('--parameters <json>', 'settings of the trainer, or @file')
    .option('--monotonic <json>', 'directions by feature: \'{"age": "increasing"}\'')
    .option('--require-approval <phases>', 'phases that ask, with commas between')
    .action(async (runId: string, flags) => (await import('./retrain.ts')).retrain(runId, flags))
}
