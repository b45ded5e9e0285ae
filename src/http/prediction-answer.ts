import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { PredictionAnswer } from '#wire/prediction'

/**
 * Answers go out part by part as they are scored and pass by the serializer, which would hold up other requests for a
 * large batch; the document says what they hold.
 */
export const streamedPredictionsSchema = z
  .custom<Readable>()
  .meta({ type: 'array', items: { $ref: '#/components/schemas/Prediction' } })

/** Streams predictions out as one JSON list. */
export function predictionAnswer(reply: FastifyReply, parts: AsyncIterable<readonly PredictionAnswer[]>): Readable {
  reply.type('application/json; charset=utf-8')
  return Readable.from(listText(parts), { objectMode: false })
}

async function* listText(parts: AsyncIterable<readonly PredictionAnswer[]>): AsyncGenerator<string> {
  let before = '['
  for await (const part of parts) {
    if (part.length === 0) continue
    yield before + part.map((answer) => JSON.stringify(answer)).join(',')
    before = ','
  }
  yield before === '[' ? '[]' : ']'
}
