import { z } from 'zod'
import type { Asked } from './command.ts'
import { accept, refuse, type Result } from './errors.ts'
import type { Actor } from './event.ts'
import { hashSchema, type Hash } from './hash.ts'

/** How the versions of a model stand: which one is the champion, and which are rejected. All others are challengers. */
export interface ModelStanding {
  readonly champion: string | null
  readonly rejected: readonly string[]
}

export const noStanding: ModelStanding = { champion: null, rejected: [] }

const decided = { version_id: z.uuid(), /** Blob: why. */ rationale: hashSchema.nullable() }

/** The payload of every event of a model, by type. Reasons are free text, so the chain has their hashes only. */
export const modelEventPayloads = {
  'model-version-promoted': z.strictObject({ ...decided, replaces: z.uuid().nullable() }),
  'model-version-demoted': z.strictObject(decided),
  'model-version-rejected': z.strictObject(decided),
  'model-version-restored': z.strictObject(decided),
} as const

export type ModelEventType = keyof typeof modelEventPayloads
export type NewModelEvent = { [T in ModelEventType]: { type: T; actor: Actor; at: string; payload: z.infer<(typeof modelEventPayloads)[T]> } }[ModelEventType]

/** What may be decided of a version. */
export interface ModelCommand {
  readonly kind: 'promote' | 'demote' | 'reject' | 'restore'
  readonly version_id: string
  readonly rationale: Hash | null
}

/** The state after one more event. */
export function evolveModel(before: ModelStanding, { type, payload: { version_id } }: NewModelEvent): ModelStanding {
  switch (type) {
    case 'model-version-promoted':
      return { ...before, champion: version_id }
    case 'model-version-demoted':
      return { ...before, champion: null }
    case 'model-version-rejected':
      return { ...before, rejected: [...before.rejected, version_id] }
    case 'model-version-restored':
      return { ...before, rejected: before.rejected.filter((one) => one !== version_id) }
  }
}

/** The events that a command leads to, none where it was already so, or a refusal. Pure. */
export function decideModel({ champion, rejected }: ModelStanding, { kind, version_id, rationale }: ModelCommand, { actor, now: at }: Asked): Result<NewModelEvent[]> {
  const isChampion = champion === version_id
  const isRejected = rejected.includes(version_id)
  const payload = { version_id, rationale }
  switch (kind) {
    case 'promote':
      if (isRejected) return refuse('VERSION_REJECTED', `The version ${version_id} is rejected.`)
      return accept(isChampion ? [] : [{ type: 'model-version-promoted', actor, at, payload: { ...payload, replaces: champion } }])
    case 'demote':
      return accept(isChampion ? [{ type: 'model-version-demoted', actor, at, payload }] : [])
    case 'reject':
      if (isChampion) return refuse('VERSION_IS_CHAMPION', `The version ${version_id} is the champion of its model.`)
      return accept(isRejected ? [] : [{ type: 'model-version-rejected', actor, at, payload }])
    case 'restore':
      return accept(isRejected ? [{ type: 'model-version-restored', actor, at, payload }] : [])
  }
}
