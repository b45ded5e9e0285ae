import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { csvField } from './csv-text.ts'

const flushAt = 1 << 18

/** Writes rows of texts as delimited text: an empty text is a missing cell. */
export class LineFile {
  lines = 0
  readonly #file: FileHandle
  #text = ''

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async create(path: string): Promise<LineFile> {
    return new LineFile(await open(path, 'wx'))
  }

  /** A row of nothing keeps its quotes, since blank lines are no rows. */
  async add(cells: readonly string[]): Promise<void> {
    const line = cells.map(fieldOf).join(',')
    this.#text += `${line === '' ? '""' : line}\n`
    this.lines += 1
    if (this.#text.length >= flushAt) await this.#flush()
  }

  async close(): Promise<void> {
    try {
      await this.#flush()
    } finally {
      await this.#file.close()
    }
  }

  async #flush(): Promise<void> {
    const text = this.#text
    this.#text = ''
    await this.#file.write(text)
  }
}

/** Cells that begin with a tab would be blanks of a line. */
function fieldOf(cell: string): string {
  if (cell === '') return ''
  return /^\s/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : csvField(cell)
}
