import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { orThrow, SignalboxError } from '#core/errors'
import type { PipelineSpec } from '#core/pipeline-spec'
import { transformFile } from '#main'
import { readSpec } from '#wire/read-spec'
import type { TransformFlags } from './add-transform.ts'
import { CommandFailure } from './failure.ts'
import { print } from './print.ts'
import { checkFile } from './start-file.ts'
import { stoppable } from './stoppable.ts'
import { textTable } from './text-table.ts'

/** Runs the steps of a spec over a table, each fitted on all rows where it learns from them, and writes the table that they give. */
export async function transform(file: string, flags: TransformFlags): Promise<void> {
  checkFile(file)
  checkOut(file, flags)
  const spec = readSpecFile(flags.spec)
  const request = { path: file, fileName: basename(file), spec, out: flags.out }
  const { table, steps } = await stoppable((signal) => transformFile(request, { threads: flags.threads, signal })).catch(specRefused)
  const columns = table.columns.map(({ name, type }) => ({ name, type }))
  const fitted = steps.filter((step) => step.fitted).map((step) => step.id)
  const lines = steps.map((step) => [step.id, step.type, step.cells_changed, step.cells_filled, step.cells_emptied, step.created.length, step.dropped.length].map(String))
  const learnt = fitted.length === 0 ? '' : `Learnt from all ${table.rows.toLocaleString('en-US')} rows: ${fitted.join(', ')}.\n`
  const written = `${table.rows.toLocaleString('en-US')} rows and ${columns.length} columns are in ${flags.out}.\n`
  const shown = lines.length === 0 ? '' : textTable(['step', 'type', 'cells changed', 'filled', 'emptied', 'made', 'dropped'], lines)
  print(flags, { rows: table.rows, columns, fitted_on_rows: fitted.length === 0 ? null : table.rows, steps, out: flags.out }, `${shown}${learnt}${written}`)
}

/** Before anything is read: the file that is written may not be one that is read, and needs a folder. */
function checkOut(file: string, { spec, out }: TransformFlags): void {
  const target = statSync(out, { throwIfNoEntry: false })
  if (target?.isDirectory() === true) throw new CommandFailure(`${out} is a folder, not a file.`)
  if ([file, spec].some((read) => resolve(read) === resolve(out))) throw new CommandFailure(`${out} would be written over while it is read; name another file.`)
  if (statSync(dirname(resolve(out)), { throwIfNoEntry: false })?.isDirectory() !== true) throw new CommandFailure(`There is no folder ${dirname(out)} to write into.`)
}

function readSpecFile(path: string): PipelineSpec {
  checkFile(path)
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new CommandFailure(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  try {
    return orThrow(readSpec(json))
  } catch (error) {
    throw error instanceof SignalboxError ? new CommandFailure(error.message) : error
  }
}

/** What a step refuses it says with its own id; there is no other option here to suggest. */
function specRefused(error: unknown): never {
  throw error instanceof SignalboxError && error.code === 'CUSTOM_REFUSED' ? new CommandFailure(error.message) : error
}
