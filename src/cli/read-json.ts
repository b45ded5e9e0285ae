import { readFileSync } from 'node:fs'
import { CommandFailure } from './failure.ts'

/** JSON as it was written on the command line, or in the file that `@path` names. */
export function readJson(text: string, option: string): unknown {
  try {
    return JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`${option} is not JSON: ${reason}`, { suggestion: 'Write it in single quotes, or name a file as @file.json.', exitCode: 2 })
  }
}
