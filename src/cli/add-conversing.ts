import { Option, type Command } from 'commander'

/** Adds the commands that ask about runs and say who is told of them. */
export function addConversing(signalbox: Command, withHouse: (command: Command) => Command): void {
  const asking = (command: Command) => withClientOptions(withHouse(command)).option('--json', 'print JSON for scripts')
  asking(signalbox.command('chat').description('ask about a run, or give it context: "note: …"').argument('<run-id>').argument('[message]', 'without it, what was said so far is shown'))
    .action(async (runId: string, message: string | undefined, flags) => (await import('./chat.ts')).chat(runId, message, flags))
  const webhooks = signalbox.command('webhooks').description('who is told of decisions that wait and of runs that end')
  asking(webhooks.command('add').description('have events sent to an address; the secret is shown this once').argument('<url>'))
    .addOption(new Option('--event <name...>', 'decision.waiting, run.completed, run.failed (default: all)'))
    .option('--description <text>', 'what it is for')
    .addOption(privateWebhooksOption())
    .action(async (url: string, flags) => (await import('./webhooks.ts')).addWebhook(url, flags))
  asking(webhooks.command('list').description('addresses, and how the last message went'))
    .action(async (flags) => (await import('./webhooks.ts')).listWebhooks(flags))
  asking(webhooks.command('remove').description('send no more').argument('<webhook-id>'))
    .action(async (webhookId: string, flags) => (await import('./webhooks.ts')).removeWebhook(webhookId, flags))
}

export function withClientOptions(command: Command): Command {
  return command
    .option('--url <url>', 'address of a server that runs (default: SIGNALBOX_URL, else open the data folder)')
    .option('--key <key>', 'key for that server (default: SIGNALBOX_KEY)')
}

export function privateWebhooksOption(): Option {
  return new Option('--allow-private-webhooks', 'let webhooks go to private and link-local addresses')
}
