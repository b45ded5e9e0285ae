import type { Json } from '#core/canonical-json'

/** A value as JSON, with null in place of numbers that JSON cannot hold, such as the slope of one class only. */
export function finiteJson(value: unknown): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(finiteJson)
  if (typeof value !== 'object') return null
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, finiteJson(member)]])))
}
