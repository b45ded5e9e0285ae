import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ReportSignaturesAnswer } from '#wire/report'
import { withClient, type ClientFlags } from './with-client.ts'

interface SignFlags extends ClientFlags {
  readonly statement: string
  /** The file that was read; nothing is signed where the report is another. */
  readonly file?: string | undefined
  readonly json?: boolean | undefined
}

/** Signs the report of a run with the name of the key. */
export async function signReport(reportId: string, { statement, file, ...flags }: SignFlags): Promise<void> {
  const sha256 = file === undefined ? null : createHash('sha256').update(readFileSync(file)).digest('hex')
  print(await withClient(flags, (client) => client.reports.sign(reportId, { statement, sha256 })), flags)
}

/** Prints who signed a report. */
export async function listSignatures(reportId: string, flags: ClientFlags & { readonly json?: boolean | undefined }): Promise<void> {
  print(await withClient(flags, (client) => client.reports.signatures(reportId)), flags)
}

function print(answer: ReportSignaturesAnswer, { json }: { readonly json?: boolean | undefined }): void {
  if (json === true) {
    process.stdout.write(`${JSON.stringify(answer)}\n`)
    return
  }
  const { title, files, signatures } = answer
  const hashes = Object.entries(files).map(([format, hash]) => `  ${format.padEnd(4)} ${hash ?? 'not made'}`)
  const signed = signatures.map(({ signed_by, signed_at, statement, event_hash }) => `${signed_at} ${signed_by}: ${statement}\n  event ${event_hash}`)
  process.stdout.write(`${[title, ...hashes, ...(signed.length === 0 ? ['Nobody has signed it.'] : signed)].join('\n')}\n`)
}
