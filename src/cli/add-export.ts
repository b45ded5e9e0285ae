import { Option, type Command } from 'commander'
import { exportFormats } from '#wire/model-export'
import { withClientOptions } from './add-conversing.ts'

/** Adds the commands that take models out of Signalbox. */
export function addExport(signalbox: Command, withHouse: (command: Command) => Command): void {
  withClientOptions(withHouse(signalbox.command('export').description('write a model version as a file that scores raw rows elsewhere as the API does')))
    .argument('<version-id>')
    .addOption(new Option('--format <format>', 'language of the file (default: what each can say of the version is listed)').choices(exportFormats))
    .option('--out <file>', 'file to write to (default: a name of its own in this folder)')
    .option('--no-check-rows', 'leave out the rows of the training table that the file verifies itself with')
    .option('--table <name>', 'table that an SQL export reads', 'rows')
    .option('--json', 'print JSON for scripts')
    .action(async (versionId: string, flags) => (await import('./export.ts')).exportModel(versionId, flags))
  signalbox
    .command('verify-export')
    .description('score the check rows of a JSON export')
    .argument('<file>')
    .action(async (file: string) => (await import('./export.ts')).verifyExport(file))
}
