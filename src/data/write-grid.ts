import type { Repair } from './header-names.ts'
import { LineFile } from './line-file.ts'

/** Writes rows of cells by place, filled up to the width of the widest. */
export async function writeGrid(
  path: string,
  rows: () => AsyncIterable<readonly string[]>,
): Promise<{ rows: number; repairs: Repair[] }> {
  let width = 0
  for await (const row of rows()) width = Math.max(width, row.length)
  const file = await LineFile.create(path)
  try {
    for await (const row of rows()) await file.add([...row, ...Array<string>(width - row.length).fill('')])
  } finally {
    await file.close()
  }
  return { rows: file.lines, repairs: [] }
}
