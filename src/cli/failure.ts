import { SignalboxError } from '#core/errors'

/** Ends a command with one clear sentence and what to do. */
export class CommandFailure extends Error {
  readonly suggestion: string | null
  readonly exitCode: number

  constructor(message: string, more: { suggestion?: string; exitCode?: number } = {}) {
    super(message)
    this.suggestion = more.suggestion ?? null
    this.exitCode = more.exitCode ?? 1
  }
}

interface Failed {
  readonly message: string
  readonly suggestion: string | null
  readonly exitCode: number
}

/** What a user is told of an error: the sentence, never a stack. */
export function failureOf(error: unknown): Failed {
  if (error instanceof CommandFailure) return error
  if (error instanceof SignalboxError) return { message: error.message, suggestion: error.suggestion, exitCode: 1 }
  if (error instanceof Error && 'suggestion' in error && typeof error.suggestion === 'string') return { message: error.message, suggestion: error.suggestion, exitCode: 1 }
  const message = error instanceof Error ? error.message : String(error)
  return { message, suggestion: null, exitCode: 1 }
}

export function failureText({ message, suggestion }: Failed): string {
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`
  return suggestion === null || message.includes(suggestion) ? sentence : `${sentence} ${suggestion}`
}
