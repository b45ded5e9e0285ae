import { SignalboxError } from '#core/errors'

const unusable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR'])

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

/** The fault in the words of the catalogue, where the folder is to blame; any other fault as it is. */
export function unusableFolder(folder: string, error: unknown): unknown {
  const code = codeOf(error)
  if (code === undefined || !unusable.has(code)) return error
  return new SignalboxError({
    code: 'DATA_FOLDER_UNUSABLE',
    message: `cannot write artifacts to ${folder} (${code})`,
    cause: error,
  })
}
