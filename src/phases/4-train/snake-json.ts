import type { Json } from '#core/canonical-json'

/**
 * A value as JSON as it goes over the wire: keys in snake case, and null in place of numbers that JSON cannot hold,
 * such as the slope of one class only. For values whose keys are fixed words, never names of columns or classes.
 */
function snakeValue(value: unknown): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(snakeValue)
  return typeof value === 'object' ? snakeJson(value) : null
}

/** The same for the members of an object; absent ones are left out. */
export function snakeJson(value: object): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      member === undefined ? [] : [[snakeKey(key), snakeValue(member)]],
    ),
  )
}

function snakeKey(key: string): string {
  return key.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
}
