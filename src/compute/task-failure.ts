import { type ErrorCode, errorCatalogue, SignalboxError } from '#core/errors'
import type { TaskFailure } from './messages.ts'

/** Turns whatever a task threw into plain data. */
export function describeFailure(thrown: unknown): TaskFailure {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), stack: '' }
  const code = textIn(thrown, 'code')
  const suggestion = textIn(thrown, 'suggestion')
  return {
    name: thrown.name,
    message: thrown.message,
    stack: thrown.stack ?? '',
    ...(code === undefined ? {} : { code }),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...('detail' in thrown && thrown.detail !== undefined ? { detail: thrown.detail } : {}),
  }
}

/** Makes an error again: with a code of the catalogue ours, otherwise a plain one that keeps its name and code. */
export function rebuildFailure(failure: TaskFailure): Error {
  const origin = new Error(failure.message)
  origin.name = failure.name
  origin.stack = failure.stack
  if (failure.code === undefined) return origin
  if (!isCatalogued(failure.code)) return Object.assign(origin, { code: failure.code })
  const { code, message, suggestion, detail } = failure
  return new SignalboxError({
    code,
    message,
    detail,
    cause: origin,
    ...(suggestion === undefined ? {} : { suggestion }),
  })
}

function textIn(error: Error, field: string): string | undefined {
  const value: unknown = Reflect.get(error, field)
  return typeof value === 'string' ? value : undefined
}

function isCatalogued(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code)
}
