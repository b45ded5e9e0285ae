import { parse } from 'node:querystring'

/** Reads a query; a value that is empty says nothing, and of a repeated name the first counts. */
export function queryValues(text: string): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(parse(text))) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined && first !== '') values[name] = first
  }
  return values
}
