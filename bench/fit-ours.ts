import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import type { Trainer } from '#ml/model'
import type { Figures } from './fit-figures.ts'

const child = fileURLToPath(new URL('fit-child.ts', import.meta.url))
/** Where `bin/signalbox.js` keeps compiled code too. */
const compileCache = fileURLToPath(new URL('../node_modules/.cache/signalbox', import.meta.url))

interface OwnJob {
  readonly folder: string
  readonly trainer: Trainer
  readonly threads: number
  readonly settings?: object
}

/** Fits one of our trainers on a fold, in a new process. */
export async function fitOurs({ folder, trainer, threads, settings = {} }: OwnJob): Promise<Figures> {
  const given = [child, folder, '--trainer', trainer, '--threads', String(threads), '--settings', JSON.stringify(settings)]
  try {
    const { stdout } = await promisify(execFile)(process.execPath, given, { env: { NODE_COMPILE_CACHE: compileCache, ...process.env } })
    return JSON.parse(stdout) as Figures
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string }
    return { error: (stderr ?? String(error)).trim().split('\n').find((line) => /Error/.test(line)) ?? String(error) }
  }
}
