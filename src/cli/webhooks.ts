import { webhookEvents } from '#core/notice-ports'
import { CommandFailure } from './failure.ts'
import { withClient, type ClientFlags } from './with-client.ts'

interface WebhookFlags extends ClientFlags {
  readonly json?: boolean | undefined
}

interface AddFlags extends WebhookFlags {
  readonly event?: readonly string[] | undefined
  readonly description?: string | undefined
}

/** Has events sent to an address; the secret that verifies them is shown this once. */
export async function addWebhook(url: string, flags: AddFlags): Promise<void> {
  const events = readEvents(flags.event ?? webhookEvents)
  const made = await withClient(flags, (client) => client.webhooks.add({ url, events, description: flags.description }))
  print(flags, made, `${made.webhook_id}\n${made.secret}\n`)
}

function readEvents(names: readonly string[]) {
  return names.map((name) => {
    const event = webhookEvents.find((known) => known === name)
    if (event === undefined) throw new CommandFailure(`There is no event "${name}".`, { suggestion: `Use ${webhookEvents.join(', ')}.`, exitCode: 2 })
    return event
  })
}

export async function listWebhooks(flags: WebhookFlags): Promise<void> {
  const hooks = await withClient(flags, (client) => client.webhooks.list())
  const lines = hooks.map(({ webhook_id, url, events, pending, last_delivery }) => {
    const last = last_delivery === null ? 'nothing sent yet' : `${last_delivery.event} ${last_delivery.state.replace('_', ' ')}${last_delivery.error === null ? '' : `: ${last_delivery.error}`}`
    return `${webhook_id}\t${url}\t${events.join(',')}\t${pending} pending\t${last}\n`
  })
  print(flags, hooks, lines.join(''))
}

export async function removeWebhook(webhookId: string, flags: WebhookFlags): Promise<void> {
  const done = await withClient(flags, (client) => client.webhooks.remove(webhookId))
  print(flags, done, `The webhook ${done.webhook_id} is removed.\n`)
}

function print(flags: WebhookFlags, value: unknown, text: string): void {
  process.stdout.write(flags.json === true ? `${JSON.stringify(value)}\n` : text)
}
