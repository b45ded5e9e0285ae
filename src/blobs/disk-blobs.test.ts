import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diskBlobs } from './disk-blobs.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-blobs-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function listed(hashes: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const each of hashes) all.push(each)
  return all
}

const text = Buffer.from('hello')
const hash = createHash('sha256').update(text).digest('hex')

describe('disk blobs', () => {
  it('keep bytes under the hash of the bytes, two folders deep', async () => {
    const blobs = diskBlobs({ folder })
    expect(await blobs.putBytes(text)).toBe(hash)
    expect(await blobs.localPath(hash)).toBe(join(folder, hash.slice(0, 2), hash.slice(2, 4), hash))
    expect(Buffer.from((await blobs.getBytes(hash)) ?? []).toString()).toBe('hello')
    expect(await blobs.has(hash)).toBe(true)
  })

  it('take a file in and leave nothing where it was', async () => {
    const path = join(folder, 'made.parquet')
    await writeFile(path, text)
    const blobs = diskBlobs({ folder: join(folder, 'blobs') })
    expect(await blobs.putFile(path)).toBe(hash)
    expect(await readdir(folder)).toEqual(['blobs'])
    await writeFile(path, text)
    expect(await blobs.putFile(path)).toBe(hash)
    expect(await readdir(folder)).toEqual(['blobs'])
  })

  it('take the same bytes from many writers at once', async () => {
    const blobs = diskBlobs({ folder })
    const hashes = await Promise.all(Array.from({ length: 20 }, () => blobs.putBytes(text)))
    expect(new Set(hashes)).toEqual(new Set([hash]))
    expect(await listed(blobs.list())).toEqual([hash])
    expect(await readdir(join(folder, 'temporary'))).toEqual([])
  })

  it('list what is there and forget what was deleted', async () => {
    const blobs = diskBlobs({ folder })
    const hashes = await Promise.all(['a', 'b', 'c'].map((letter) => blobs.putBytes(Buffer.from(letter))))
    expect(await listed(blobs.list())).toEqual([...hashes].sort())
    for (const each of hashes) await blobs.delete(each)
    await blobs.delete(hash)
    expect(await listed(blobs.list())).toEqual([])
    expect(await blobs.getBytes(hash)).toBeUndefined()
    await expect(blobs.localPath(hash)).rejects.toMatchObject({ code: 'BLOB_MISSING' })
  })

  it('sweep temporary files of a crash once they are an hour old', async () => {
    const temporary = join(folder, 'temporary')
    await mkdir(temporary)
    await writeFile(join(temporary, 'old'), 'x')
    await writeFile(join(temporary, 'young'), 'x')
    await utimes(join(temporary, 'old'), 0, 0)
    await diskBlobs({ folder }).putBytes(text)
    expect(await readdir(temporary)).toEqual(['young'])
  })

  it('refuse a hash that is none, so that no path can be asked for', async () => {
    await expect(diskBlobs({ folder }).localPath('../../etc/passwd')).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  it('say that the folder cannot be used, where it cannot', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    await expect(diskBlobs({ folder: file }).putBytes(text)).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' })
  })
})
