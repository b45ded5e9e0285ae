import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ReadOptions } from '#core/dataset'
import { inspectFile } from '#main-files'
import type { InspectFlags } from './add-inspect.ts'
import { CommandFailure } from './failure.ts'
import { inspectionText } from './inspection-text.ts'
import { print } from './print.ts'
import { checkFile } from './start-file.ts'
import { stoppable } from './stoppable.ts'

/** Tells what is in a file and what is wrong with it. */
export async function inspect(file: string, flags: InspectFlags): Promise<void> {
  checkFile(file)
  const { target = null, threads } = flags
  const asked = { path: file, fileName: basename(file), told: toldOf(flags), target }
  const { inspection, report, set_aside } = await stoppable((signal) => inspectFile(asked, { threads, signal }))
  if (flags.setAside !== undefined) writeSetAside(flags.setAside, set_aside)
  print(flags, inspection, inspectionText(inspection, report))
}

function toldOf({ encoding, delimiter, headerRow, decimal, dates, sheet }: InspectFlags): ReadOptions {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === 'none' ? null : delimiter }),
    ...(headerRow === undefined ? {} : { header_row: headerRow === 'none' ? null : headerRow }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(dates === undefined ? {} : { date_order: dates }),
    ...(sheet === undefined ? {} : { sheet }),
  }
}

/** A header alone where no row was set aside. */
function writeSetAside(path: string, bytes: Uint8Array | null): void {
  try {
    writeFileSync(path, bytes ?? 'record,reason,row\n')
  } catch (error) {
    throw new CommandFailure(`${path} could not be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}
