import { createInterface, type Interface } from 'node:readline/promises'
import type { PendingDecision } from '#wire/pending-decision'
import { cardText, type CardStyle } from './card-text.ts'
import { howToAnswer, readChoice, type Choice } from './read-choice.ts'

export interface Terminal {
  /** Shows the card and reads until the answer is clear; the end of the input cancels. */
  decide(card: PendingDecision, signal: AbortSignal): Promise<Exclude<Choice, { kind: 'unclear' }>>
  say(text: string): void
  close(): void
}

interface TerminalInput {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  readonly style: CardStyle
}

export function openTerminal({ input, output, style }: TerminalInput): Terminal {
  const lines: Interface = createInterface({ input, output, terminal: style.width > 0 && 'isTTY' in output && output.isTTY === true })
  const say = (text: string) => void output.write(`${text}\n`)
  return {
    say,
    close: () => lines.close(),
    async decide(card, signal) {
      say(cardText(card, style))
      say(style.dim(`  ${howToAnswer(card)}`))
      for (;;) {
        const typed = await question(lines, signal)
        if (typed === null) return { kind: 'cancel' }
        const choice = readChoice(card, typed)
        if (choice.kind !== 'unclear') return choice
        say(`  ${choice.say}`)
      }
    },
  }
}

async function question(lines: Interface, signal: AbortSignal): Promise<string | null> {
  const ended = Promise.withResolvers<null>()
  const end = () => ended.resolve(null)
  lines.once('close', end)
  try {
    return await Promise.race([lines.question('  > ', { signal }), ended.promise])
  } finally {
    lines.off('close', end)
  }
}
