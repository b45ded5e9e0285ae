import type { z } from 'zod'

type Issue = z.core.$ZodIssue

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const units: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' }

/** Says in words what a schema wanted where it refused. */
export function expectedValue(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected
    case 'invalid_value':
      return oneOf(issue.values.map((value) => JSON.stringify(value)))
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${units[issue.origin] ?? ''}`
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${units[issue.origin] ?? ''}`
    case 'invalid_format':
      return issue.format === 'guid' ? 'a UUID' : `text of the form ${issue.format}`
    case 'unrecognized_keys':
      return `no field ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`
    case 'invalid_union':
      return eitherOf(issue.errors)
    default:
      return issue.message
  }
}

function oneOf(values: readonly (string | undefined)[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`
}

function eitherOf(branches: readonly (readonly Issue[])[]): string {
  const wanted = branches.map((issues) =>
    issues.map((issue) => `${placeOf(issue.path)}${expectedValue(issue)}`).join(' and '),
  )
  return wanted.length === 0
    ? 'one of the forms that /openapi.json lists'
    : `either ${[...new Set(wanted)].join(', or ')}`
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : `${fieldName(path)}: `
}

/** A path as people write it: test.index[1]. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((key, place) => (typeof key === 'number' ? `[${key}]` : place === 0 ? String(key) : `.${String(key)}`))
    .join('')
}
