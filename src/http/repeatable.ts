import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { canonicalJson } from '#core/canonical-json'
import { orThrow, type Result } from '#core/errors'
import type { Signalbox } from '#service/signalbox'
import { callerOf } from './authentication.ts'
import { invalidField } from './invalid-request.ts'
import { receivedValue } from './received-value.ts'

interface Repeatable<T> {
  readonly request: FastifyRequest
  readonly answer: z.ZodType<T>
  /** Where the body is not JSON: what stands for it. */
  readonly bodyHash?: string
}

/** Answers a POST; with an Idempotency-Key, once however often it is sent. */
export async function answerOnce<T>(
  signalbox: Signalbox,
  { request, answer, bodyHash }: Repeatable<T>,
  work: () => Promise<Result<T>>,
): Promise<T> {
  const key = request.headers['idempotency-key']
  if (key === undefined) return orThrow(await work())
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalidField({
      field: 'Idempotency-Key',
      expected: '1 to 255 visible ASCII characters',
      received: receivedValue(key),
    })
  }
  const asked = `${request.method} ${request.url}\n${bodyHash ?? canonicalJson(request.body)}`
  const hash = createHash('sha256').update(asked).digest('hex')
  return orThrow(await signalbox.idempotent(callerOf(request), { key, hash, answer }, work))
}
