import type { Command } from 'commander'

/** The commands over signatures of reports, on a server that runs or on a data folder. */
export function addSignatures(signalbox: Command): void {
  withClientOptions(signalbox.command('sign').description('sign a report off').argument('<report-id>'))
    .requiredOption('--statement <text>', 'the words that are signed')
    .option('--file <file>', 'the file that was read; nothing is signed where the report is another')
    .action(async (reportId: string, flags) => (await import('./sign-report.ts')).signReport(reportId, flags))
  withClientOptions(signalbox.command('signatures').description('the hashes of a report, and who signed it').argument('<report-id>'))
    .action(async (reportId: string, flags) => (await import('./sign-report.ts')).listSignatures(reportId, flags))
}

function withClientOptions(command: Command): Command {
  return command
    .option('--url <url>', 'address of a running server (default: SIGNALBOX_URL; without, the data folder is opened)')
    .option('--key <key>', 'API key of that server (default: SIGNALBOX_KEY)')
    .option('--data-dir <dir>', 'folder that keeps everything (default: SIGNALBOX_HOME, else ./.signalbox)')
    .option('--json', 'print JSON for scripts')
}
