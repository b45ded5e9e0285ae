import type { Evidence, Option } from '#core/decision'
import type { LeftOut } from '#core/outcomes'
import { plainJson } from '#core/plain-json'
import { gainSentence, type JudgedGain } from './gain.ts'
import type { Effect } from './schema.ts'

/** An option before it has its place on the card. */
export interface DraftOption extends Omit<Option, 'index' | 'effect'> {
  readonly effect: Effect
}

/** The options in their order on the card. */
export function numbered(drafts: readonly DraftOption[]): Option[] {
  return drafts.map((draft, index) => ({
    ...draft,
    index,
    score: draft.score === null ? null : Number(draft.score.toPrecision(6)),
    evidence: [...draft.evidence],
    risks: [...draft.risks],
    effect: plainJson(draft.effect),
  }))
}

/** An effect that leaves columns out and changes nothing else. */
export function leavesOut(left_out: LeftOut[]): Effect {
  return { steps: [], left_out, added: [], safe: true }
}

export function fact(label: string, text: string, value: number | string | null): Evidence {
  return { label, text, value, interval: null, data: null }
}

/** A gain with its interval; none where there were too few folds. */
export function gainEvidence(label: string, gain: JudgedGain): Evidence {
  const text = gainSentence(gain)
  const interval: [number, number] | null = gain.folds < 2 ? null : [gain.low, gain.high]
  return { label, text, value: gain.difference, interval, data: { p: gain.p, folds: gain.folds, corrected: gain.corrected, tries: gain.tried } }
}
