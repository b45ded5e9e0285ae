import type { CaptureSettings, RowToCapture } from '#core/capture'
import { columnKey } from '#core/find-column'
import { plainJson } from '#core/plain-json'
import { seededRandom } from '#ml/random'
import type { ServiceInput } from './ports.ts'

/** Keeps a sample of what deployments are asked, beside the answers and never in their way. */
export interface Capturing {
  /** Takes the rows of one accepted request in; those that are drawn are written soon. Undefined where there is nothing to wait for. */
  take(asked: AskedRows): Promise<void> | undefined
  /** Writes what is still held. */
  stop(): Promise<void>
}

export interface AskedRows {
  readonly deployment_id: string
  readonly version_id: string
  readonly rows: readonly unknown[]
}

type CapturingInput = Pick<ServiceInput, 'captures' | 'identity' | 'now' | 'log'>

/** Settings are asked for anew after this time. */
const oldestMilliseconds = 1_000
/** More rows than this are not held where the database is slow: the answer comes first. */
const mostHeld = 20_000
const rowsAtOnce = 1_000

export function openCapturing({ captures, identity, now, log }: CapturingInput): Capturing {
  const known = new Map<string, { readonly asked: number; readonly settings: CaptureSettings | undefined }>()
  const random = seededRandom(Number.parseInt(identity.newId().slice(0, 8), 16))
  let held: RowToCapture[] = []
  let lost = 0
  let writing: Promise<void> | null = null

  async function askAndTake(request: AskedRows, asked: number): Promise<void> {
    const { deployment_id } = request
    // Where the database does not answer, what was known last holds: an answer never hangs on what is kept of it.
    const settings = await captures.settings(deployment_id).catch(() => known.get(deployment_id)?.settings)
    known.set(deployment_id, { asked, settings })
    if (settings !== undefined) hold(request, settings)
  }

  function hold({ deployment_id, version_id, rows }: AskedRows, settings: CaptureSettings): void {
    for (const row of rows) {
      if (random.next() >= settings.share || typeof row !== 'object' || row === null || Array.isArray(row)) continue
      if (held.length >= mostHeld) lost++
      else held.push({ deployment_id, version_id, key: keyOf(row, settings.key_column), cells: plainJson(row) as RowToCapture['cells'] })
    }
    writing ??= held.length > 0 ? writeAll() : null
  }

  async function writeAll(): Promise<void> {
    try {
      while (held.length > 0) {
        const part = held.slice(0, rowsAtOnce)
        held = held.slice(rowsAtOnce)
        await captures.add(part, now())
      }
      if (lost > 0) log(`${lost} captured rows were not kept: the database was too slow for them`)
      lost = 0
    } catch (error) {
      log('captured rows could not be kept', error)
    } finally {
      writing = null
    }
  }

  return {
    take(request) {
      const asked = now().getTime()
      const before = known.get(request.deployment_id)
      if (before === undefined || asked < before.asked || asked - before.asked >= oldestMilliseconds) return askAndTake(request, asked)
      if (before.settings !== undefined) hold(request, before.settings)
      return undefined
    },
    async stop() {
      await writing
    },
  }
}

/** The value of the key column as text; numbers and texts alike. */
function keyOf(row: object, column: string | null): string | null {
  if (column === null) return null
  const cells = row as Readonly<Record<string, unknown>>
  const name = Object.hasOwn(cells, column) ? column : Object.keys(cells).find((one) => columnKey(one) === columnKey(column))
  const value = name === undefined ? null : cells[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
