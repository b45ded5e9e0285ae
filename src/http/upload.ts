import { createHash, randomUUID, type Hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { SignalboxError } from '#core/errors'
import { checkJson } from './check-json.ts'

/** A multipart body whose file lies on disk until `use` has ended. */
export interface ReceivedForm {
  readonly path: string
  readonly fileName: string
  readonly fields: Readonly<Record<string, string>>
  /** SHA-256 over file and fields: two requests with the same one ask for the same. */
  readonly hash: string
}

/** Takes in the file of a request, hands it over, and removes what is left of it. */
export type ReceiveFile = <T>(request: FastifyRequest, use: (form: ReceivedForm) => Promise<T>) => Promise<T>

interface UploadSettings {
  readonly temporaryFolder: string
  readonly maxUploadMb: number
}

export function fileReceiver(settings: UploadSettings): ReceiveFile {
  return async (request, use) => {
    checkMultipart(request)
    checkAnnouncedSize(request, settings.maxUploadMb)
    await mkdir(settings.temporaryFolder, { recursive: true })
    const path = join(settings.temporaryFolder, `upload-${randomUUID()}`)
    try {
      return await use(await readForm(request, path, settings.maxUploadMb))
    } finally {
      await rm(path, { force: true })
    }
  }
}

function checkMultipart(request: FastifyRequest): void {
  if (request.isMultipart()) return
  if (request.headers['content-type'] === undefined) throw fileRequired('The request has no body.')
  throw new SignalboxError({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'The body is not multipart/form-data.',
    suggestion: 'Send multipart/form-data with the file as the part "file", as `curl -F file=@table.csv` does.',
  })
}

/** What says that it is too large is refused before any of it is written. A form around the file takes little. */
function checkAnnouncedSize(request: FastifyRequest, maxUploadMb: number): void {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > (maxUploadMb + 1) * 2 ** 20) throw fileTooLarge(maxUploadMb)
}

async function readForm(request: FastifyRequest, path: string, maxUploadMb: number): Promise<ReceivedForm> {
  const hash = createHash('sha256')
  const fields: Record<string, string> = {}
  let fileName: string | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (part.valueTruncated)
          throw new SignalboxError({
            code: 'BODY_TOO_LARGE',
            message: `The field ${part.fieldname} is too long.`,
            suggestion: 'Send a shorter text.',
          })
        fields[part.fieldname] = typeof part.value === 'string' ? part.value : JSON.stringify(part.value)
      } else if (part.fieldname === 'file') {
        fileName = await keepFile(part, path, hash)
        if (part.file.truncated) throw fileTooLarge(maxUploadMb)
      } else {
        await discard(part.file)
      }
    }
  } catch (error) {
    throw brokenForm(error)
  }
  if (fileName === undefined)
    throw fileRequired(
      fields.file === undefined
        ? 'The form has no part "file".'
        : 'The part "file" is a text field without a file name, not a file.',
    )
  checkJson({ ...fields, file_name: fileName })
  hash.update(JSON.stringify([fileName, Object.entries(fields).sort()]))
  return { path, fileName, fields, hash: hash.digest('hex') }
}

async function keepFile(part: MultipartFile, path: string, hash: Hash): Promise<string> {
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(part.file, hashing, createWriteStream(path, { mode: 0o600 }))
  return part.filename
}

async function discard(stream: Readable): Promise<void> {
  for await (const _chunk of stream);
}

function fileRequired(message: string): SignalboxError {
  return new SignalboxError({ code: 'FILE_REQUIRED', message })
}

function fileTooLarge(maxUploadMb: number): SignalboxError {
  return new SignalboxError({ code: 'FILE_TOO_LARGE', message: `The file is larger than ${maxUploadMb} MB.` })
}

/** The form reader's plain errors mean that the body is no multipart form; those with a code are known or ours. */
function brokenForm(error: unknown): unknown {
  const plain = error instanceof Error && !(error instanceof SignalboxError) && !('code' in error)
  return plain
    ? new SignalboxError({
        code: 'VALIDATION_FAILED',
        message: `The multipart form cannot be read: ${error.message}.`,
        cause: error,
      })
    : error
}
