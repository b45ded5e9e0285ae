import { readOptionsSchema, type ReadOptions } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'

/** How a file is to be read, from JSON text; none is nothing told. */
export function readOptionsFrom(text: string | null): Result<ReadOptions> {
  const parsed = readOptionsSchema.safeParse(jsonOf(text?.trim() ?? ''))
  if (parsed.success) return accept(parsed.data)
  const [issue] = parsed.error.issues
  const place = issue?.path.join('.') ?? ''
  return refuse('VALIDATION_FAILED', `read_options${place === '' ? '' : `.${place}`}: ${issue?.message ?? 'not what was expected'}`, {
    suggestion: 'Send the options of a read report as JSON, for example {"delimiter": ";", "decimal": ","}, or leave them out.',
  })
}

function jsonOf(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
