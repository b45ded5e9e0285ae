import type { z } from 'zod'
import { refuse, SignalboxError, type Refusal } from '#core/errors'
import { expectedValue, fieldName } from './expected-value.ts'
import { receivedValue, valueAt } from './received-value.ts'


/** Names of the fields that hold an id of ours; a user_id is a text of the client's own. */
const idField = /^(id|token|(?!user_id$).+_id)$/

interface FieldProblem {
  readonly field: string
  readonly expected: string
  readonly received: string
}

/** The refusal of a request that does not have its schema's shape. */
export function invalidRequest(issues: readonly z.core.$ZodIssue[], data: unknown): Refusal {
  const badId = issues.length > 0 && issues.every((issue) => namesWrongId(issue, data)) ? issues[0] : undefined
  if (badId !== undefined) return unknownId(badId.path.at(-1), valueAt(data, badId.path))
  const fields = issues.flatMap((issue) => problemsOf(issue, data))
  const message = fields
    .map(({ field, expected, received }) => `${field}: expected ${expected}, received ${received}.`)
    .join(' ')
  return refuse('VALIDATION_FAILED', message, { detail: { fields } }).refusal
}

/** The refusal of one field, for checks that no schema makes. */
export function invalidField(problem: FieldProblem): SignalboxError {
  const message = `${problem.field}: expected ${problem.expected}, received ${problem.received}.`
  return new SignalboxError({ code: 'VALIDATION_FAILED', message, detail: { fields: [problem] } })
}

function problemsOf(issue: z.core.$ZodIssue, data: unknown): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: fieldName([...issue.path, key]),
      expected: 'no such field',
      received: receivedValue(valueAt(data, [...issue.path, key])),
    }))
  }
  const field = issue.path.length === 0 ? 'the request' : fieldName(issue.path)
  return [{ field, expected: expectedValue(issue), received: receivedValue(valueAt(data, issue.path)) }]
}

/** An id of another shape cannot be the id of anything, so it is answered as an unknown one is. */
function namesWrongId(issue: z.core.$ZodIssue, data: unknown): boolean {
  const [name, ...deeper] = issue.path
  const value = valueAt(data, issue.path)
  return deeper.length === 0 && idField.test(String(name)) && value !== undefined && value !== null
}

function unknownId(name: PropertyKey | undefined, value: unknown): Refusal {
  const code = name === 'dataset_id' ? 'DATASET_NOT_FOUND' : 'NOT_FOUND'
  return refuse(code, `There is nothing with this id: expected a UUID, received ${receivedValue(value)}.`).refusal
}
