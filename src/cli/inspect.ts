import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { inspectFile } from '#main-files'
import type { InspectFlags } from './add-inspect.ts'
import { CommandFailure } from './failure.ts'
import { inspectionText } from './inspection-text.ts'
import { print } from './print.ts'
import { readOptionsOf } from './read-options.ts'
import { checkFile } from './start-file.ts'
import { stoppable } from './stoppable.ts'

/** Tells what is in a file and what is wrong with it. */
export async function inspect(file: string, flags: InspectFlags): Promise<void> {
  checkFile(file)
  const { target = null, threads } = flags
  const asked = { path: file, fileName: basename(file), told: readOptionsOf(flags) ?? {}, target }
  const { inspection, report, set_aside } = await stoppable((signal) => inspectFile(asked, { threads, signal }))
  if (flags.setAside !== undefined) writeSetAside(flags.setAside, set_aside)
  print(flags, inspection, inspectionText(inspection, report))
}

/** A header alone where no row was set aside. */
function writeSetAside(path: string, bytes: Uint8Array | null): void {
  try {
    writeFileSync(path, bytes ?? 'record,reason,row\n')
  } catch (error) {
    throw new CommandFailure(`${path} could not be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}
