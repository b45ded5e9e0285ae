import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Signalbox } from '#sdk/client'
import type { ExportFormatName } from '#wire/model-export'
import { CommandFailure } from './failure.ts'
import { withClient, type ClientFlags } from './with-client.ts'

interface ExportFlags extends ClientFlags {
  readonly format?: ExportFormatName | undefined
  readonly out?: string | undefined
  readonly checkRows: boolean
  readonly table: string
  readonly json?: boolean | undefined
}

/** Numbers of an export and the API lie no further apart. */
const farthest = 1e-9

/** Writes a model version as a file; without a format, lists what each can say of it. */
export async function exportModel(versionId: string, flags: ExportFlags): Promise<void> {
  const { format } = flags
  await withClient(flags, (client) => (format === undefined ? listFormats(client, versionId, flags) : writeExport(client, versionId, { ...flags, format })))
}

async function listFormats(client: Signalbox, versionId: string, { json }: ExportFlags): Promise<void> {
  const answer = await client.models.exports(versionId)
  if (json === true) process.stdout.write(`${JSON.stringify(answer)}\n`)
  else for (const { format, available, note } of answer.formats) process.stdout.write(`${format.padEnd(8)}${available ? '' : 'not available: '}${note}\n`)
}

async function writeExport(client: Signalbox, versionId: string, { format, out, checkRows, table, json }: ExportFlags & { readonly format: ExportFormatName }): Promise<void> {
  const { fileName, bytes, sha256, takes, checked } = await client.models.export(versionId, { format, checkRows, table })
  const file = out ?? basename(fileName)
  write(file, bytes)
  if (json === true) process.stdout.write(`${JSON.stringify({ file, format, bytes: bytes.length, sha256, takes, checked })}\n`)
  else {
    const verified = checked === null ? '' : ` It scored ${checked.rows} check rows within ${checked.largestDifference} of the API.`
    process.stdout.write(`${file}: ${bytes.length} bytes, sha256 ${sha256}.${verified}\n`)
  }
}

function write(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes)
  } catch (error) {
    throw new CommandFailure(`The export cannot be written to ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Scores the check rows of a JSON export, and fails where they differ. */
export async function verifyExport(file: string): Promise<void> {
  const { verifyJsonExport } = await import('#main-files')
  const found = verifyJsonExport(readText(file))
  process.stdout.write(`${JSON.stringify(found)}\n`)
  if (!(found.largest_difference <= farthest) || found.different_predictions > 0) throw new CommandFailure('The check rows are not scored as they were when the file was made.')
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
