import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diskBlobs } from './disk-blobs.ts'
import { jsonBlobs } from './json-blobs.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-json-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('JSON blobs', () => {
  it('give back what was put, under one hash whatever the order of the keys', async () => {
    const values = jsonBlobs(diskBlobs({ folder }))
    const hash = await values.put({ b: 1, a: [true, null, 'x'] })
    expect(await values.put({ a: [true, null, 'x'], b: 1 })).toBe(hash)
    expect(await values.get(hash)).toEqual({ a: [true, null, 'x'], b: 1 })
  })

  it('give any value the hash that its copy read back has', async () => {
    const values = jsonBlobs(diskBlobs({ folder }))
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const hash = await values.put(value)
        expect(await values.put(await values.get(hash))).toBe(hash)
      }),
      { numRuns: 30 },
    )
  })

  it('say which blob was changed', async () => {
    const blobs = diskBlobs({ folder })
    const hash = await jsonBlobs(blobs).put({ sum: 1 })
    await writeFile(await blobs.localPath(hash), '{"sum":2}')
    await expect(jsonBlobs(blobs).get(hash)).rejects.toMatchObject({ code: 'CHAIN_BROKEN', detail: { blob: hash } })
  })

  it('say that a blob is gone', async () => {
    await expect(jsonBlobs(diskBlobs({ folder })).get('0'.repeat(64))).rejects.toMatchObject({ code: 'BLOB_MISSING' })
  })
})
