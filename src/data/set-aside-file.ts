import { open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { AsideReason, ReadReport } from '#core/dataset'
import type { Blobs } from '#core/ports'
import { csvField } from './csv-text.ts'

/** A row of the file that is none of the table. */
export interface AsideRow {
  /** One-based, blank lines not counted. */
  readonly record: number
  readonly reason: AsideReason
  /** As it stands in the file. */
  readonly text: string
}

const header = 'record,reason,row\n'
const flushAt = 1 << 18

/** Rows that were set aside, gathered in a CSV file of their own; there is none as long as there is no such row. */
export class SetAsideFile {
  readonly counts = new Map<AsideReason, number>()
  rows = 0
  readonly #path: string
  #file: FileHandle | undefined
  #text = header

  constructor(path: string) {
    this.#path = path
  }

  add({ record, reason, text }: AsideRow): void {
    this.rows += 1
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1)
    this.#text += `${record},${reason},${csvField(text)}\n`
  }

  /** Called between pieces of input, so that memory stays bounded. */
  async flush(): Promise<void> {
    if (this.#text.length >= flushAt) await this.#write()
  }

  /** Moves the file into the blobs; null where no row was set aside. */
  async store(blobs: Blobs): Promise<ReadReport['set_aside']> {
    if (this.rows === 0) return null
    await this.#write()
    await this.#file?.close()
    this.#file = undefined
    return { hash: await blobs.putFile(this.#path), rows: this.rows, reasons: Object.fromEntries(this.counts) }
  }

  /** Ends it, whatever has become of it. */
  async discard(): Promise<void> {
    await this.#file?.close()
    await rm(this.#path, { force: true })
  }

  async #write(): Promise<void> {
    this.#file ??= await open(this.#path, 'wx')
    const text = this.#text
    this.#text = ''
    await this.#file.write(text)
  }
}
