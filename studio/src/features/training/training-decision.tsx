import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Finding } from '#studio/components/finding.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { cheapest, withEnds } from '#studio/components/plots/threshold-data.ts'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { client } from '#studio/lib/client.ts'
import { useAct } from '#studio/lib/desk.ts'
import type { DecisionProps } from '#studio/lib/phase-feature.ts'
import { Board } from './board.tsx'
import { type BoardRow, boardRow, readContext } from './card-data.ts'
import { FreshPanels } from './fresh-panels.tsx'
import { readFresh } from './fresh-data.ts'
import { LearnedPanel } from './learned-panel.tsx'
import { ThresholdPanel } from './threshold-panel.tsx'
import { trainingAct } from './training-act.ts'
import { namesOf } from './names.ts'
import { useModel } from './use-model.ts'
import { isCostly, useTrainingDraft } from './use-training-draft.ts'

/** Which model should go on: the board left, and all that is known of the chosen trainer. */
export function TrainingDecision({ run, card }: DecisionProps) {
  const context = useMemo(() => readContext(card), [card])
  const rows = useMemo(() => card.options.map((option) => boardRow(option, context)), [card.options, context])
  const draft = useTrainingDraft(card)
  const row = rows.find(({ index }) => index === draft.choice) ?? null
  const candidate = useQuery({
    queryKey: ['candidate', run.run_id, card.decision_id, card.revision, row?.trainer ?? null],
    queryFn: ({ signal }) => client.training.candidate(run.run_id, card.decision_id, { trainer: row?.trainer ?? '', signal }),
    enabled: row !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const model = useModel(run.run_id, draft, candidate.data)
  const fresh = useMemo(() => readFresh(model.shown?.fresh), [model.shown])
  const cheap = isCostly(draft.costs) ? (cheapest(withEnds(fresh?.thresholds ?? []), draft.costs)?.threshold ?? null) : null
  const settled = draft.threshold ?? cheap ?? fresh?.threshold?.value ?? null
  const threshold = settled === null ? null : Math.round(settled * 100) / 100
  const desk = useAct(trainingAct({ draft, row, context, model, threshold }))
  const names = namesOf(run.label ?? null, model.shown?.classes ?? null)
  return (
    <div className="cols">
      <Finding>{findingOf(rows, context.recommendation)}</Finding>
      <div className="stack loose">
        <Board rows={rows} context={context} choice={draft.choice} disabled={!desk.open} onChoose={draft.choose} />
        {row?.risks.map((risk) => <Note key={risk} tone="held">{risk}</Note>)}
        {candidate.isError ? <Panel><ErrorState error={candidate.error} onRetry={() => void candidate.refetch()} /></Panel> : model.shown === null ? (row === null ? null : <Panel flush><Skeleton rows={8} /></Panel>) : <LearnedPanel runId={run.run_id} draft={draft} model={model} shown={model.shown} context={context} disabled={!desk.open} />}
      </div>
      <div className="stack loose">
        {fresh === null || threshold === null ? null : <ThresholdPanel fresh={fresh} names={names} costs={draft.costs} threshold={threshold} disabled={!desk.open} edited={draft.edits.length > 0} onCosts={draft.setCosts} onThreshold={draft.setThreshold} />}
        {fresh === null ? null : <FreshPanels fresh={fresh} names={names} threshold={threshold} rows="out of fold" />}
        {model.shown !== null && fresh === null ? <Panel><p className="soft">What this trainer says of rows that it had not learnt from was not kept for this card.</p></Panel> : null}
        {context.left_out.length === 0 && context.notes.length === 0 ? null : (
          <Panel title="Notes">
            <ul className="stack soft">{[...context.notes, ...context.left_out.map(({ text }) => text ?? '')].map((note) => <li key={note}>{note}</li>)}</ul>
          </Panel>
        )}
      </div>
    </div>
  )
}

/** Which trainer is recommended and why, in a sentence. */
function findingOf(rows: readonly BoardRow[], reason: string): string {
  const title = rows.find(({ recommended }) => recommended)?.title
  const why = title === undefined || reason === '' ? reason : `${title} is recommended: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`
  return `${why}${why === '' ? '' : ' '}The test rows stay sealed until you accept.`
}
