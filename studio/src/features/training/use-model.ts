import type { CandidateEvidenceAnswer, ModelEvidenceAnswer, TriedModelAnswer, TryModelBody } from '#sdk/client'
import type { Directions } from './card-data.ts'
import type { Edit } from './edits.ts'
import type { TrainingDraft } from './use-training-draft.ts'
import { type Trial, useTrial } from './use-trial.ts'

/** The chosen trainer as it would go on, or the nearest to it that is measured. */
export interface ChosenModel {
  readonly shown: ModelEvidenceAnswer | null
  readonly tried: TriedModelAnswer | null
  readonly free: ModelEvidenceAnswer | null
  readonly directions: Directions
  /** True where the card measured exactly these settings. */
  readonly onCard: boolean
  readonly trial: Trial
  readonly key: string
  readonly asked: boolean
  readonly bodyOf: (edits: readonly Edit[]) => TryModelBody
}

export function useModel(runId: string, draft: TrainingDraft, candidate: CandidateEvidenceAnswer | undefined): ChosenModel {
  const proposed: Directions = candidate?.held?.monotone ?? {}
  const directions = draft.directions ?? proposed
  const isHeld = sameDirections(directions, proposed)
  const isFree = Object.keys(directions).length === 0
  const measuredDirections = isHeld || isFree
  const onCard = measuredDirections && draft.edits.length === 0
  const bodyOf = (edits: readonly Edit[]): TryModelBody => ({
    choice_index: draft.choice,
    ...(candidate?.held == null && isFree ? {} : { monotonic_constraints: { ...directions } }),
    ...(edits.length === 0 ? {} : { custom_value: { edits: edits.map((edit) => ({ ...edit })) } }),
  })
  const body = bodyOf(draft.edits)
  // Edits of a model that is fitted take a moment; another fit takes as long as a trainer, so it waits to be asked for.
  const asked = measuredDirections || draft.measured === JSON.stringify(bodyOf([]))
  const trial = useTrial(runId, candidate !== undefined && !onCard && asked ? body : null)
  const tried = onCard ? null : (trial.trial?.result ?? null)
  const base = candidate === undefined ? null : isHeld && candidate.held !== null ? candidate.held : candidate.free
  return { shown: tried ?? base, tried, free: candidate?.free ?? null, directions, onCard, trial, key: JSON.stringify(bodyOf([])), asked, bodyOf }
}

export function sameDirections(left: Directions, right: Directions): boolean {
  const names = Object.keys(left)
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name])
}
