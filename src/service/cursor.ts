import { z } from 'zod'
import { accept, refuse, type Result } from '#core/errors'

const placeSchema = z.tuple([z.iso.datetime(), z.guid()])

/** Where a page of runs ended: creation time and id, which together order every run. */
export function writeCursor({ created_at, run_id }: { created_at: string; run_id: string }): string {
  return `${created_at}_${run_id}`
}

export function readCursor(cursor: string): Result<{ created_at: string; run_id: string }> {
  const place = placeSchema.safeParse(cursor.split('_'))
  if (!place.success) return refuse('VALIDATION_FAILED', `cursor is "${cursor}", which no answer gave.`, { suggestion: 'Use next_cursor of the answer before, or leave cursor out.' })
  const [created_at, run_id] = place.data
  return accept({ created_at, run_id })
}
