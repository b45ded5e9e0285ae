import { z } from 'zod'
import { SignalboxError } from '#core/errors'
import type { Hash } from '#core/hash'
import type { ServiceInput } from './ports.ts'

/** A reason that was given, as its blob holds it; the answer of a decision may hold one among more. */
export const rationaleSchema = z.object({ rationale: z.string().nullish() })

/** The reason in a blob; null where none was given, or it was erased. */
export async function rationaleOf({ blobs }: Pick<ServiceInput, 'blobs'>, hash: Hash | null): Promise<string | null> {
  if (hash === null) return null
  try {
    return rationaleSchema.safeParse(await blobs.get(hash)).data?.rationale ?? null
  } catch (error) {
    if (error instanceof SignalboxError && error.code === 'BLOB_MISSING') return null
    throw error
  }
}
