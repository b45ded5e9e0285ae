import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import { refuse } from '#core/errors'
import { sendRefusal } from './error-answer.ts'
import { errorBody } from './error-body.ts'

const statuses: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** Answers bytes that are no HTTP request, which Fastify never sees. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status = statuses[error.code ?? ''] ?? 400
  const body = JSON.stringify(
    errorBody(
      refuse('VALIDATION_FAILED', `The HTTP request cannot be read: ${STATUS_CODES[status]}.`, {
        suggestion: 'Send a well-formed HTTP/1.1 request.',
      }).refusal,
    ),
  )
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Answers a path that the router cannot read, or whose part is longer than any id or token. */
export function answerBadPath(_error: unknown, _request: unknown, reply: FastifyReply): void {
  sendRefusal(reply, refuse('ROUTE_NOT_FOUND', 'The path is not well-formed, or a part of it is too long.').refusal)
}
