import { z } from 'zod'

const json = z.json()
export type PlainJson = z.infer<typeof json>

/** A typed value as plain JSON: members that are undefined go, anything JSON cannot hold throws. */
export function plainJson(value: unknown): PlainJson {
  return json.parse(JSON.parse(JSON.stringify(value)))
}
