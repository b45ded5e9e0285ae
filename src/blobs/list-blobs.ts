import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { hashSchema } from '#core/hash'
import type { Hash } from '#core/hash'
import { isMissing } from './file-faults.ts'

/** Every stored hash, folder by folder; what is no artifact (temporary files) is passed over. */
export async function* listBlobs(folder: string): AsyncGenerator<Hash> {
  for (const first of await namesOf(folder)) {
    if (first.length !== 2) continue
    for (const second of await namesOf(join(folder, first))) {
      for (const name of await namesOf(join(folder, first, second))) {
        if (hashSchema.safeParse(name).success) yield name
      }
    }
  }
}

async function namesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
