import { fieldName } from './expected-value.ts'
import { invalidField } from './invalid-request.ts'

const deepest = 64

interface Place {
  readonly value: unknown
  readonly path: readonly PropertyKey[]
}

/**
 * Refuses what JSON can say and the store cannot keep: nesting that a recursive reader would choke on, numbers beyond
 * the range of a double, NUL characters and halves of surrogate pairs. Walks with its own stack for the same reason.
 */
export function checkJson(body: unknown): void {
  const open: Place[] = [{ value: body, path: [] }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, path } = place
    if (typeof value === 'string') checkText(value, path)
    else if (typeof value === 'number') checkNumber(value, path)
    else if (typeof value === 'object' && value !== null) {
      if (path.length >= deepest)
        throw invalidField({
          field: shortName(path),
          expected: `at most ${deepest} levels of nesting`,
          received: 'more',
        })
      for (const [key, member] of membersOf(value)) {
        if (typeof key === 'string') checkText(key, path)
        open.push({ value: member, path: [...path, key] })
      }
    }
  }
}

function membersOf(value: object): [PropertyKey, unknown][] {
  return Array.isArray(value) ? value.map((member, index) => [index, member]) : Object.entries(value)
}

function checkText(text: string, path: readonly PropertyKey[]): void {
  if (text.includes('\0'))
    throw invalidField({ field: shortName(path), expected: 'text without NUL characters', received: 'a NUL character' })
  if (!text.isWellFormed())
    throw invalidField({
      field: shortName(path),
      expected: 'well-formed Unicode text',
      received: 'half of a surrogate pair',
    })
}

function checkNumber(number: number, path: readonly PropertyKey[]): void {
  if (!Number.isFinite(number))
    throw invalidField({ field: shortName(path), expected: 'a number below 1.8e308', received: 'a larger one' })
}

function shortName(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the request' : fieldName(path.slice(0, 8)).toWellFormed().slice(0, 200)
}
