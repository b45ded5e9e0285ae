import type { Direction } from './model.ts'

/** The direction that is wished for a column, if any; columns may be called as members of every object are: "constructor". */
export function wishedDirection(monotone: Readonly<Record<string, Direction>> | undefined, column: string): Direction | undefined {
  return monotone !== undefined && Object.hasOwn(monotone, column) ? monotone[column] : undefined
}
