import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { canonicalJson, type Json } from '#core/canonical-json'
import { proposalSchema, type Answer, type Proposal } from '#core/decision'
import type { Result } from '#core/errors'
import type { Facts, Phase, Tools } from './phase.ts'

/** A situation in which a phase is checked. */
export interface PhaseFixture {
  readonly title: string
  readonly facts: Facts
  readonly tools: Tools
}

/**
 * What holds for every phase: results survive JSON, options and recommendations agree, every offered option is accepted
 * and applied, others are refused by code, and the same input gives the same result.
 */
export function runPhaseSuite<Decision, Outcome>(phase: Phase<Decision, Outcome>, fixtures: () => Promise<readonly PhaseFixture[]>): void {
  let proposed: Promise<Proposed[]> | undefined
  const each = (title: string, check: (fixture: PhaseFixture, proposal: Proposal) => Promise<void>): void => {
    test(title, async () => {
      proposed ??= proposeAll(phase, fixtures)
      for (const { fixture, proposal } of await proposed) await check(fixture, proposal)
    })
  }

  describe(`${phase.name} keeps the contract of a phase`, () => {
    each('its proposal survives JSON and numbers its options', async (_, proposal) => {
      expect(proposalSchema.parse(JSON.parse(JSON.stringify(proposal)))).toEqual(proposal)
      expect(proposal.phase).toBe(phase.name)
      expect(proposal.options.map((option) => option.index)).toEqual(proposal.options.map((_option, i) => i))
      expect(new Set(proposal.options.map((option) => option.id)).size).toBe(proposal.options.length)
    })

    each('it proposes the same twice', async ({ facts, tools, title }, proposal) => {
      expect(canonicalJson(acceptedOf(await phase.propose(facts, tools), title))).toBe(canonicalJson(proposal))
    })

    each('recommendation and default agree with its options', async (_, proposal) => {
      if (phase.choice === 'many') expect(proposal).toMatchObject({ recommended_index: null, default_option_index: null })
      else expect(proposal.options.filter((option) => option.recommended).map((option) => option.index)).toEqual(proposal.recommended_index === null ? [] : [proposal.recommended_index])
      if (proposal.options.length > 0) expect(phase.recommended(proposal, { auto_deploy: false, auto_apply_safe_features: true })).not.toBeNull()
    })

    each('it accepts every answer that it offers, and applies it', async ({ facts, tools, title }, proposal) => {
      for (const answer of offeredAnswers(phase, proposal)) {
        expect(phase.accepts(proposal).safeParse(answer).error?.message).toBeUndefined()
        const decision = roundTrip(phase.schemas.decision, acceptedOf(phase.read(answer, proposal), title))
        const { outcome } = acceptedOf(await phase.apply(facts, decision, tools), `${title}: ${JSON.stringify(answer)}`)
        expect(roundTrip(phase.schemas.outcome, outcome)).toEqual(outcome)
      }
    })

    each('it refuses by code what it does not offer', async (_, proposal) => {
      const beyond = proposal.options.length
      const answers: Answer[] = phase.choice === 'many' ? [{ apply_indices: [beyond] }, { apply_indices: [-1] }, { selected_options: ['no such option'] }] : [{ choice_index: beyond }, { choice_index: -1 }]
      for (const answer of answers) expect(codeOf(phase.read(answer, proposal))).toBe('CHOICE_OUT_OF_RANGE')
      expect(codeOf(phase.read({}, proposal))).toBe('DECISION_INVALID')
    })

    each('applying a decision twice gives the same outcome', async ({ facts, tools, title }, proposal) => {
      const decisions = [phase.recommended(proposal, { auto_deploy: false, auto_apply_safe_features: true }), phase.fallback(proposal)].filter((decision): decision is NonNullable<typeof decision> => decision !== null)
      for (const decision of decisions) {
        const once = acceptedOf(await phase.apply(facts, decision, tools), title)
        expect(canonicalJson(acceptedOf(await phase.apply(facts, decision, tools), title))).toBe(canonicalJson(once))
      }
    })
  })
}

interface Proposed {
  readonly fixture: PhaseFixture
  readonly proposal: Proposal
}

async function proposeAll<Decision, Outcome>(phase: Phase<Decision, Outcome>, fixtures: () => Promise<readonly PhaseFixture[]>): Promise<Proposed[]> {
  const all: Proposed[] = []
  for (const fixture of await fixtures()) all.push({ fixture, proposal: acceptedOf(await phase.propose(fixture.facts, fixture.tools), fixture.title) })
  return all
}

/** One answer an option, and for a multi-choice phase none, all, each alone and every other one. */
function offeredAnswers<Decision, Outcome>(phase: Phase<Decision, Outcome>, proposal: Proposal): Answer[] {
  const indices = proposal.options.map((option) => option.index)
  if (phase.choice === 'one') return indices.map((choice_index) => ({ choice_index }))
  const subsets = [[], indices, indices.filter((index) => index % 2 === 0), ...indices.map((index) => [index])]
  return [...subsets.map((apply_indices) => ({ apply_indices })), { skip_indices: indices }, { selected_options: proposal.options.map((option) => option.id) }]
}

function roundTrip<T>(schema: z.ZodType<T>, value: T): T {
  const text: Json = JSON.parse(canonicalJson(value))
  return schema.parse(text)
}

function acceptedOf<T>(result: Result<T>, title: string): T {
  if (result.ok) return result.value
  throw new Error(`${title}: ${result.refusal.code}: ${result.refusal.message}`)
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'accepted' : result.refusal.code
}
