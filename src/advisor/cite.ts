import type { Citation } from '#core/advisor-ports'
import type { PhaseName } from '#core/phase-names'
import { isStarted, type Run } from '#core/run'
import { phaseTitle } from './words.ts'

export function citeRun({ run_id, status }: Run): Citation {
  return { kind: 'run', id: run_id, label: `the run, ${status}` }
}

export function citeProposal(card: { readonly proposal: string; readonly phase: PhaseName }): Citation {
  return { kind: 'proposal', id: card.proposal, label: `the card of ${phaseTitle(card.phase)}`, phase: card.phase }
}

export function citeDecision({ decision_id, phase }: { readonly decision_id: string; readonly phase: PhaseName }): Citation {
  return { kind: 'decision', id: decision_id, label: `the decision of ${phaseTitle(phase)}`, phase }
}

/** What a phase reached; empty where it has not. */
export function citeOutcome(run: Run, phase: PhaseName): Citation[] {
  const outcome = isStarted(run) ? (run.phases.find((record) => record.phase === phase)?.outcome ?? null) : null
  return outcome === null ? [] : [{ kind: 'outcome', id: outcome, label: `the outcome of ${phaseTitle(phase)}`, phase }]
}

/** The outcome that says which columns the model may use. */
export function citeColumns(run: Run): Citation[] {
  const featured = citeOutcome(run, 'feature_engineering')
  return featured.length > 0 ? featured : citeOutcome(run, 'label_selection')
}

/** The published model; empty where there is none. */
export function citeModel(run: Run): Citation[] {
  const version = isStarted(run) ? run.published.find(({ kind }) => kind === 'model_version') : undefined
  return version === undefined ? [] : [{ kind: 'model_version', id: version.id, label: 'the trained model', phase: 'model_training' }]
}

/** A column, with what the run made of it. */
export function citeColumn(run: Run, column: string): Citation[] {
  const [outcome] = citeColumns(run).length > 0 ? citeColumns(run) : citeOutcome(run, 'data_preparation')
  return outcome === undefined ? [] : [{ ...outcome, label: column, column }]
}

/** An option of a card. */
export function citeOption(card: { readonly proposal: string; readonly phase: PhaseName }, { index, title }: { readonly index: number; readonly title: string }): Citation {
  return { ...citeProposal(card), label: title, option: index }
}
