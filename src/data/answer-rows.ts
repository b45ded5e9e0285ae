import { SignalboxError } from '#core/errors'
import type { Cell } from '#core/ports'
import { plainCell } from './plain-cell.ts'
import type { Answer } from './session.ts'

const mostRows = 100_000

/** The rows of a small answer; a larger one is a fault of the caller, who should have asked for columns. */
export async function answerRows(answer: Answer): Promise<Record<string, Cell>[]> {
  const rows: Record<string, Cell>[] = []
  for await (const chunk of answer.chunks) {
    if (rows.length + chunk.rowCount > mostRows) {
      throw new SignalboxError({
        code: 'INTERNAL',
        message: `expected an answer of at most ${mostRows} rows; read larger ones with columns()`,
      })
    }
    for (const values of chunk.convertRows(plainCell)) {
      const row: Record<string, Cell> = {}
      answer.names.forEach((name, i) => {
        row[name] = values[i] ?? null
      })
      rows.push(row)
    }
  }
  return rows
}
