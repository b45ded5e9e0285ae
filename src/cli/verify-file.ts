import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { checkReport } from '#core/verify-report'
import { CommandFailure } from './failure.ts'

/** Checks a report by what it carries; ends with a failure where it does not hold. Needs no data folder and no network. */
export function verifyFile(path: string, { json }: { readonly json?: boolean | undefined }): void {
  const text = readReport(path)
  const sha256 = (of: string) => createHash('sha256').update(of).digest('hex')
  const check = checkReport(text, sha256)
  if (check === undefined) throw new CommandFailure(`${path} is no report of Signalbox.`, { suggestion: 'It takes the HTML or JSON file of a report, made by this version or a later one.' })
  const file = sha256(text)
  if (json === true) process.stdout.write(`${JSON.stringify({ file_sha256: file, ...check })}\n`)
  else if (check.faults.length === 0) {
    const lines = [
      `${check.events} events of the ledger hold; the hash of the last one is ${check.head}.`,
      `${check.decisions} decisions and the measures are those of the ledger; ${check.artifacts} artifacts are what their hashes say${check.numbers === 0 ? '' : `; all ${check.numbers} numbers of the page stand in its JSON`}.`,
      `SHA-256 of the file: ${file}`,
      'That the chain was not made anew as a whole is told by its last hash, and by the signatures of the report, at the server that made it.',
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  }
  const [first] = check.faults
  if (first !== undefined) throw new CommandFailure(`${path} does not hold: ${first}${check.faults.length > 1 ? ` (and ${check.faults.length - 1} more)` : ''}`, { suggestion: 'Get the report again from the server that made it.' })
}

function readReport(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new CommandFailure(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
