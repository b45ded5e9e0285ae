import { useMemo } from 'react'
import type { PendingDecision } from '#sdk/client'
import type { Costs } from '#studio/components/plots/threshold-data.ts'
import { draftKey, useDraft } from '#studio/lib/use-draft.ts'
import type { Direction, Directions } from './card-data.ts'
import type { Edit } from './edits.ts'

/** What a person has chosen so far, kept through a reload. */
interface Held {
  readonly choice: number | null
  /** Directions by feature; null is as the card proposes. */
  readonly directions: Directions | null
  readonly edits: readonly Edit[]
  readonly costs: Costs
  /** Null is as the server settles it. */
  readonly threshold: number | null
  /** The settings whose measurement was asked for. */
  readonly measured: string | null
}

export interface TrainingDraft extends Held {
  readonly choose: (index: number) => void
  readonly setDirection: (from: Directions, feature: string, direction: Direction | null) => void
  readonly setEdits: (edits: readonly Edit[]) => void
  readonly setCosts: (costs: Costs) => void
  readonly setThreshold: (threshold: number) => void
  readonly setMeasured: (key: string) => void
}

/** True once a person said what the mistakes cost. */
export function isCostly({ falsePositive, falseNegative }: Costs): boolean {
  return falsePositive !== 1 || falseNegative !== 1
}

export function useTrainingDraft(card: PendingDecision): TrainingDraft {
  const initial = useMemo<Held>(() => ({ choice: card.recommended_index, directions: null, edits: [], costs: { falsePositive: 1, falseNegative: 1 }, threshold: null, measured: null }), [card.recommended_index])
  const [held, setHeld] = useDraft<Held>(draftKey(card, 'training'), initial)
  const change = (part: Partial<Held>) => setHeld((before) => ({ ...before, ...part }))
  return {
    ...held,
    // Directions, edits and threshold belong to the trainer that they were chosen for.
    choose: (choice) => setHeld((before) => (before.choice === choice ? before : { ...before, choice, directions: null, edits: [], threshold: null, measured: null })),
    setDirection: (from, feature, direction) => {
      const { [feature]: _old, ...rest } = from
      change({ directions: direction === null ? rest : { ...rest, [feature]: direction } })
    },
    setEdits: (edits) => change({ edits }),
    setCosts: (costs) => change({ costs }),
    setThreshold: (threshold) => change({ threshold }),
    setMeasured: (measured) => change({ measured }),
  }
}
