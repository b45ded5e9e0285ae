import { print, type PrintFlags } from './print.ts'
import { withClient, type ClientFlags } from './with-client.ts'

type Flags = ClientFlags & PrintFlags

/** Asks about a run, or gives it context, and prints the answer; without a message, what was said so far. */
export async function chat(runId: string, message: string | undefined, flags: Flags): Promise<void> {
  if (message === undefined) return showHistory(runId, flags)
  const answer = await withClient(flags, (client) => client.agentic.sendChat(runId, message))
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(answer)}\n`)
    return
  }
  const cited = (answer.metadata.citations ?? []).map(({ label, id }) => `  [${label}: ${id}]`)
  process.stdout.write(`${[answer.content, ...cited].map(printable).join('\n')}\n`)
}

async function showHistory(runId: string, flags: Flags): Promise<void> {
  const history = await withClient(flags, (client) => client.agentic.getChatHistory(runId))
  const lines = history.map(({ role, content, timestamp }) => `${timestamp.slice(0, 16)}  ${role}: ${printable(content)}\n`)
  print(flags, history, lines.length === 0 ? 'Nothing was said yet.\n' : lines.join(''))
}

/** Names in a table may hold control characters, which a terminal would obey. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, '�')
}
