import type { Command } from 'commander'
import { wholeNumber } from './option-values.ts'

/** Adds the commands that look at models, say which version is in charge, and ask what would be if. */
export function addModels(signalbox: Command, withHouse: (command: Command) => Command): void {
  const asking = (command: Command) =>
    withHouse(command)
      .option('--url <url>', 'address of a server that runs (default: SIGNALBOX_URL, else open the data folder)')
      .option('--key <key>', 'key for that server (default: SIGNALBOX_KEY)')
      .option('--json', 'print JSON for scripts')
  const models = signalbox.command('models').description('models, their versions, and which of them is in charge')
  asking(models.command('list').description('the models of the team, newest first')).action(async (flags) => (await import('./models.ts')).listModels(flags))
  asking(models.command('show').description('a model and its history').argument('<model-id>')).action(async (modelId: string, flags) => (await import('./models.ts')).showModel(modelId, flags))
  asking(models.command('versions').description('the versions of a model, oldest first').argument('<model-id>')).action(async (modelId: string, flags) => (await import('./models.ts')).listVersions(modelId, flags))
  asking(models.command('live').description('which version answered at a moment, and by whose decision').argument('<model-id>').option('--at <time>', 'for example 2026-03-01T09:30:00Z (default: now)'))
    .action(async (modelId: string, flags) => (await import('./models.ts')).showLive(modelId, flags))
  for (const [verb, text] of [['promote', 'make a version the champion of its model'], ['demote', 'let it be the champion no more'], ['reject', 'keep it from becoming the champion'], ['restore', 'let a rejected one be a challenger again']] as const) {
    asking(models.command(verb).description(text).argument('<version-id>').option('--why <text>', 'the reason, which is kept'))
      .action(async (versionId: string, flags) => (await import('./models.ts')).decideVersion(verb, versionId, flags))
  }
  asking(models.command('compare').description('a version beside the champion, on rows that both sealed').argument('<version-id>').option('--with <version-id>', 'another version than the champion'))
    .action(async (versionId: string, flags) => (await import('./models.ts')).compareVersions(versionId, flags))
  asking(signalbox.command('what-if').description('the cheapest changes of a row that reach a target').argument('<version-id>').argument('<row>', 'JSON object, or the name of a file that holds one'))
    .option('--actionable <columns>', 'columns that may change, with commas')
    .option('--immutable <columns>', 'all others may change')
    .option('--target <json>', 'for example {"probability": {"at_least": 0.7}} (default: the other prediction)')
    .option('--columns <json>', 'rules by column: direction, min, max, step, levels, order, cost')
    .option('--alternatives <n>', 'how many', wholeNumber(1, 10))
    .action(async (versionId: string, row: string, flags) => (await import('./what-if.ts')).askWhatIf({ versionId, row }, flags))
}
