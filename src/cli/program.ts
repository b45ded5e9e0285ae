import { Command, Option } from 'commander'
import { version } from '#core/version'
import { addExport } from './add-export.ts'
import { addFit } from './add-fit.ts'
import { addInspect } from './add-inspect.ts'
import { addModels } from './add-models.ts'
import { addMonitoring } from './add-monitoring.ts'
import { addSignatures } from './add-signatures.ts'
import { addScoring } from './add-serving.ts'
import { addTransform } from './add-transform.ts'
import { addConversing, privateWebhooksOption } from './add-conversing.ts'
import { addRunVerbs } from './run-verbs.ts'
import { defaultPort } from './default-port.ts'
import { wholeNumber } from './option-values.ts'
import { withStartOptions } from './start-options.ts'


/** The command line. Each command loads what it needs when it is called, so that help is there at once. */
export function program(): Command {
  // Before the commands are added: each takes it over from here.
  const signalbox = new Command('signalbox')
    .exitOverride()
    .description('Human-in-the-loop machine-learning pipelines on tabular data, self-hosted.')
    .version(version)
    .showHelpAfterError('Run `signalbox --help` to see how it is used.')
    .enablePositionalOptions()
  addServing(signalbox)
  addRunning(signalbox)
  addFit(signalbox)
  addTransform(signalbox)
  addInspect(signalbox)
  addConversing(signalbox, withHouse)
  addMonitoring(signalbox, withHouse)
  addScoring(signalbox, withHouse)
  addModels(signalbox, withHouse)
  addKeys(signalbox)
  addRunVerbs(signalbox)
  addReport(signalbox)
  addSignatures(signalbox)
  addVerify(signalbox)
  addExport(signalbox, withHouse)
  return signalbox
}

function withHouse(command: Command): Command {
  return command
    .option('--data-dir <dir>', 'folder that keeps everything (default: SIGNALBOX_HOME, else ./.signalbox)')
    .option('--memory-mb <n>', 'memory of one computing thread, and of the SQL engine', wholeNumber(64, 1_000_000))
    .option('--threads <n>', 'computing threads', wholeNumber(1, 512))
}

/** Without a port of its own, a command picks one when it runs. */
function withServer(command: Command, port?: number): Command {
  return withHouse(command)
    .addOption(new Option('--port <n>', `port to serve at; 0 picks a free one${port === undefined ? `, which is the default unless it goes on serving and ${defaultPort} is free` : ''}`).argParser(wholeNumber(0, 65_535)).default(port))
    .option('--host <address>', 'address to serve at', '127.0.0.1')
    .option('--max-upload-mb <n>', 'largest file that is taken', wholeNumber(1, 1_000_000))
    .addOption(privateWebhooksOption())
    .option('--json', 'print JSON for scripts')
}

const workersOption = () => new Option('--workers <n>', 'runs that are moved at once').argParser(wholeNumber(0, 64)).default(2)

function addServing(signalbox: Command): void {
  withServer(signalbox.command('serve').description('serve the API and move runs'), defaultPort)
    .option('--public-url <url>', 'address that clients use, where a proxy stands before the server')
    .addOption(new Option('--metrics <access>', 'who may read GET /metrics: whoever has a key, anybody, or nobody').choices(['key', 'open', 'off']).default('key'))
    .addOption(workersOption())
    .action(async (flags) => (await import('./serve.ts')).serve(flags))
  withHouse(signalbox.command('worker').description('move runs of a folder or database, beside a server'))
    .addOption(workersOption())
    .addOption(privateWebhooksOption())
    .action(async (flags) => (await import('./serve.ts')).work(flags))
}

function addRunning(signalbox: Command): void {
  withStartOptions(withServer(signalbox.command('run').description('take a table to a tested model')))
    .option('--auto', 'take the recommended decisions, and end')
    .option('--report <file>', 'write the report of the run as an HTML file')
    .action(async (file: string, flags) => (await import('./run.ts')).run(file, { ...flags, keepServing: flags.auto !== true }))
  withServer(signalbox.command('demo').description('the same on a sample table, and go on serving'))
    .option('--once', 'end after the run')
    .action(async (flags) => (await import('./demo.ts')).demo({ ...flags, keepServing: flags.once !== true }))
}

function addKeys(signalbox: Command): void {
  const keys = signalbox.command('keys').description('API keys of a data folder')
  withHouse(keys.command('add').description('make a key; its secret is shown this once').argument('<name>'))
    .option('--json', 'print JSON for scripts')
    .action(async (name: string, flags) => (await import('./keys.ts')).addKey(name, flags))
  withHouse(keys.command('list').description('names and prefixes'))
    .option('--json', 'print JSON for scripts')
    .action(async (flags) => (await import('./keys.ts')).listKeys(flags))
  withHouse(keys.command('revoke').description('end a key').argument('<name>'))
    .option('--json', 'print JSON for scripts')
    .action(async (name: string, flags) => (await import('./keys.ts')).revokeKey(name, flags))
}

function addReport(signalbox: Command): void {
  withHouse(signalbox.command('report').description('write the report of a run').argument('<run-id>'))
    .option('--out <file>', 'file to write to (default: standard output)')
    .addOption(new Option('--format <format>', 'how it is written').choices(['html', 'md', 'json']).default('html'))
    .option('--url <url>', 'address of a running server (default: SIGNALBOX_URL; without, the data folder is opened)')
    .option('--key <key>', 'API key of that server (default: SIGNALBOX_KEY)')
    .action(async (runId: string, flags) => (await import('./report.ts')).report(runId, flags))
}

function addVerify(signalbox: Command): void {
  withHouse(signalbox.command('verify').description('recompute every hash of the event log, or of the ledger inside of a report').argument('[file]', 'a report as HTML or JSON; needs no data folder'))
    .option('--json', 'print JSON for scripts')
    .action(async (file: string | undefined, flags) => (file === undefined ? (await import('./verify.ts')).verify(flags) : (await import('./verify-file.ts')).verifyFile(file, flags)))
}
