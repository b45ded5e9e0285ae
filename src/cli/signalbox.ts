import { CommanderError } from 'commander'
import { failureOf, failureText } from './failure.ts'
import { program } from './program.ts'

/** Exit codes: 0 done, 1 failed with one clear sentence, 2 wrong usage. */
async function main(): Promise<number> {
  try {
    await program().parseAsync()
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const failure = failureOf(error)
    process.stderr.write(`signalbox: ${failureText(failure)}\n`)
    return failure.exitCode
  }
}

process.exitCode = await main()
