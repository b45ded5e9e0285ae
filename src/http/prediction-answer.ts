import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { PredictionAnswer } from '#wire/prediction'

/**
 * Answers go out part by part as they are scored and pass by the serializer, which would hold up other requests for a
 * large batch; the document says what they hold.
 */
export const streamedPredictionsSchema = z
  .custom<Readable | string>()
  .meta({ type: 'array', items: { $ref: '#/components/schemas/Prediction' } })

/** So few rows are one part, and go out as one text: a stream takes longer than to score them. */
const fewRows = 250

/** Sends predictions out as one JSON list. */
export async function predictionAnswer(reply: FastifyReply, { answers, rows, seen }: Predicted): Promise<Readable | string> {
  reply.header('content-type', 'application/json; charset=utf-8')
  if (rows > fewRows) return Readable.from(listText(answers, seen), { objectMode: false })
  for await (const part of answers) {
    seen(part)
    return JSON.stringify(part)
  }
  return '[]'
}

interface Predicted {
  readonly answers: AsyncIterable<readonly PredictionAnswer[]>
  /** How many there are, where that is known. */
  readonly rows: number
  /** Told of every part that goes out. */
  readonly seen: (part: readonly PredictionAnswer[]) => void
}

async function* listText(parts: AsyncIterable<readonly PredictionAnswer[]>, seen: Predicted['seen']): AsyncGenerator<string> {
  let before = '['
  for await (const part of parts) {
    if (part.length === 0) continue
    seen(part)
    yield before + part.map((answer) => JSON.stringify(answer)).join(',')
    before = ','
  }
  yield before === '[' ? '[]' : ']'
}
