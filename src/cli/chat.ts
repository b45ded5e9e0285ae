import { withClient, type ClientFlags } from './with-client.ts'

/** Asks about a run, or gives it context, and prints the answer. */
export async function chat(runId: string, message: string, flags: ClientFlags & { readonly json?: boolean | undefined }): Promise<void> {
  const answer = await withClient(flags, (client) => client.agentic.sendChat(runId, message))
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(answer)}\n`)
    return
  }
  const cited = (answer.metadata.citations ?? []).map(({ label, id }) => `  [${label}: ${id}]`)
  process.stdout.write(`${[answer.content, ...cited].map(printable).join('\n')}\n`)
}

/** Names in a table may hold control characters, which a terminal would obey. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, '�')
}
