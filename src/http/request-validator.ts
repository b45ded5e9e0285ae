import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { SignalboxError } from '#core/errors'
import { invalidRequest } from './invalid-request.ts'

/** Checks params, query and body; refuses naming each field, what was expected and what came. */
export const requestValidator: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data: unknown) => {
    const read = schema.safeParse(data)
    return read.success ? { value: read.data } : { error: SignalboxError.of(invalidRequest(read.error.issues, data)) }
  }

/** The same check for what Fastify does not see, such as the text fields of a multipart body. */
export function readFields<T>(schema: z.ZodType<T>, data: unknown): T {
  const read = schema.safeParse(data)
  if (!read.success) throw SignalboxError.of(invalidRequest(read.error.issues, data))
  return read.data
}
