import { SignalboxError } from '#core/errors'

const mostColumns = 5_000

export function tooManyColumns(fileName: string, columns: number): void {
  if (columns <= mostColumns) return
  throw new SignalboxError({
    code: 'TOO_MANY_COLUMNS',
    message: `${fileName} has ${columns} columns; at most ${mostColumns} can be read`,
  })
}
