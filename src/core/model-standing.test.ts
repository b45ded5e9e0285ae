import { describe, expect, test } from 'vitest'
import { orThrow } from './errors.ts'
import { decideModel, evolveModel, type ModelCommand, type ModelStanding, noStanding } from './model-standing.ts'
import { person, timeAt, uuidOf } from './run.testkit.ts'

const [one, two] = [uuidOf(1), uuidOf(2)]
const asked = { actor: person, now: timeAt(1) }
const standingAfter = (...commands: readonly (readonly [ModelCommand['kind'], string])[]): ModelStanding =>
  commands.reduce<ModelStanding>((standing, [kind, version_id]) => orThrow(decideModel(standing, { kind, version_id, rationale: null }, asked)).reduce(evolveModel, standing), noStanding)

describe('the standing of the versions of a model', () => {
  test('has one champion at a time, and each promotion names the one that it replaces', () => {
    expect(standingAfter(['promote', one], ['promote', two])).toEqual({ champion: two, rejected: [] })
    const [event] = orThrow(decideModel(standingAfter(['promote', one]), { kind: 'promote', version_id: two, rationale: null }, asked))
    expect(event).toMatchObject({ type: 'model-version-promoted', payload: { version_id: two, replaces: one } })
  })

  test('changes nothing where it is already so', () => {
    for (const kind of ['promote', 'demote', 'reject', 'restore'] as const) {
      const before = standingAfter(...(kind === 'promote' ? [['promote', one] as const] : kind === 'reject' ? [['reject', one] as const] : []))
      expect(decideModel(before, { kind, version_id: one, rationale: null }, asked)).toEqual({ ok: true, value: [] })
    }
    expect(standingAfter(['promote', one], ['demote', two])).toMatchObject({ champion: one })
  })

  test('keeps a rejected version from being the champion until it is restored, and the champion from being rejected', () => {
    expect(decideModel(standingAfter(['reject', one]), { kind: 'promote', version_id: one, rationale: null }, asked)).toMatchObject({ refusal: { code: 'VERSION_REJECTED' } })
    expect(decideModel(standingAfter(['promote', one]), { kind: 'reject', version_id: one, rationale: null }, asked)).toMatchObject({ refusal: { code: 'VERSION_IS_CHAMPION' } })
    expect(standingAfter(['reject', one], ['restore', one], ['promote', one])).toEqual({ champion: one, rejected: [] })
    expect(standingAfter(['promote', one], ['demote', one], ['reject', one])).toEqual({ champion: null, rejected: [one] })
  })
})
