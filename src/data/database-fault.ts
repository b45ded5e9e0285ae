import { SignalboxError } from '#core/errors'

/** A fault of the database in the words of the catalogue, where the user can do something about it. */
export function databaseFault(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof SignalboxError) return error
  if (error.message.startsWith('Out of Memory Error')) {
    return new SignalboxError({
      code: 'COMPUTE_MEMORY_LIMIT',
      message: 'a query needed more memory than the data engine may use',
      cause: error,
    })
  }
  if (/No space left on device/i.test(error.message)) {
    return new SignalboxError({
      code: 'DATA_FOLDER_UNUSABLE',
      message: 'the disk of the temporary folder is full',
      cause: error,
    })
  }
  return error
}
