import { readFile } from 'node:fs/promises'
import { readXlsx, streamXlsxRows } from 'hucre/xlsx'
import { SignalboxError } from '#core/errors'
import type { Reading } from './reading.ts'
import type { Workbook } from './workbook.ts'

/** Opens an Excel workbook; rows are read as they are asked for. */
export async function openWorkbook(reading: Reading): Promise<Workbook> {
  const bytes = await readFile(reading.path)
  const all: string[] = []
  const seen: string[] = []
  // The filter is asked before a sheet is parsed, and lets none through: only the names are wanted.
  const names = readXlsx(bytes, {
    sheets: ({ name, hidden, veryHidden }) => {
      all.push(name)
      if (hidden !== true && veryHidden !== true) seen.push(name)
      return false
    },
  })
  await names.catch((error: unknown) => {
    throw damaged(reading.fileName, error)
  })

  async function* rows(sheet: string, most?: number) {
    const limit = most === undefined ? {} : { maxRows: most }
    try {
      for await (const { values } of streamXlsxRows(bytes, { sheet: all.indexOf(sheet), ...limit })) yield values
    } catch (error) {
      throw damaged(reading.fileName, error)
    }
  }

  return { sheets: seen.length > 0 ? seen : all, rows }
}

function damaged(fileName: string, cause: unknown): SignalboxError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new SignalboxError({
    code: 'FILE_UNREADABLE',
    message: `${fileName} could not be read as an Excel workbook: ${why.replace(/[.\s]+$/, '')}`,
    suggestion: 'Open it in a spreadsheet program and save it again, as XLSX or as CSV.',
    cause,
  })
}
