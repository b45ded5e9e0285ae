import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SetAsideFile } from './set-aside-file.ts'
import { stageCsv } from './stage-csv.ts'

let folder: string
let files = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-stage-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function* cutInto(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0
  for (let i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1
    yield Buffer.from(bytes.subarray(at, at + size))
    at += size
  }
}

async function stage(text: string, sizes: readonly number[]) {
  files += 1
  const path = join(folder, `staged-${files}`)
  const header = ['a', 'b', 'c']
  const layout = { delimiter: 44, recordsAbove: 1, headerRow: 0, header, names: header, given: header, unnamed: 0, repairs: [], wordyRows: false }
  const aside = new SetAsideFile(join(folder, `aside-${files}`))
  const staged = await stageCsv(cutInto(Buffer.from(text), sizes), layout, { path, aside })
  return { ...staged, aside: Object.fromEntries(aside.counts), text: await readFile(path, 'utf8') }
}

describe('staging', () => {
  it('writes row ids, separators and escapes that need no quotes', async () => {
    const found = await stage('a,b,c\n1,"x\ny","say ""hi"""\r\n2,,\u001f\n', [1_000])
    expect(found.text).toBe('0\u001f1\u001fx\u001eny\u001fsay "hi"\n1\u001f2\u001f\u001f\u001eu\n')
    expect([...found.met.escaped]).toEqual([1, 2])
  })

  it('is the same however the bytes arrive', async () => {
    const part = fc.constantFrom('a', ',', ',', '"', '""', '\n', '\r\n', '\r', ' ', '"x"', '"x\ny"', 'é', '1', '\na,b,c\n', '\nTotal,1,1\n', 'Note: x', '\n,,\n')
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 60 }), sizes, async (parts, pieces) => {
        const text = `a,b,c\n${parts.join('')}`
        expect(await stage(text, pieces)).toEqual(await stage(text, [100_000]))
      }),
      { numRuns: 150 },
    )
  })

  it('goes on after a quote that is never closed, however long the file', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i},y,z`)
    const found = await stage(`a,b,c\n"open,y,z\n${rows.join('\n')}\n`, [65_536])
    expect(found.rows).toBe(20_001)
  })
})
