import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Download, TextFile } from '#service/signalbox'

/** Streams pass by the serializer; the document says what they hold. */
export const fileAnswerSchema = z.custom<Readable>()

/** Streams a file out; the source is told to stop when the client goes away. */
export function fileAnswer(reply: FastifyReply, download: Download): Readable {
  reply.header('content-type', download.content_type)
  reply.header('content-disposition', contentDisposition(download.file_name))
  if (download.bytes !== null) reply.header('content-length', download.bytes)
  return Readable.from(download.chunks)
}

/** A file that a browser shows. */
export function inlineFile(reply: FastifyReply, file: TextFile): Readable {
  reply.header('content-type', file.content_type)
  reply.header('content-disposition', contentDisposition(file.file_name, 'inline'))
  reply.header('content-length', Buffer.byteLength(file.text))
  return Readable.from([Buffer.from(file.text)])
}

/** RFC 6266: the name in ASCII for old readers, and whole in UTF-8. */
function contentDisposition(name: string, kind: 'attachment' | 'inline' = 'attachment'): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const whole = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`
}
