import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { StatTable } from '#studio/components/stat-table.tsx'
import type { OutcomeProps } from '#studio/lib/phase-feature.ts'
import { client } from '#studio/lib/client.ts'
import { count, interval, metricTitles, share } from '#studio/lib/numbers.ts'
import { Board } from './board.tsx'
import { boardRow, readContext, writeMetric } from './card-data.ts'
import { editWords, readEdits } from './edits.ts'
import { FreshPanels } from './fresh-panels.tsx'
import { readFresh } from './fresh-data.ts'
import { namesOf } from './names.ts'
import { appliedEdits, readTrained, sealedRows } from './outcome-data.ts'
import { ShapesPanel } from './shapes-panel.tsx'

/** The model that came of the decision: what it did on the sealed rows, its threshold, its edits and its shapes. */
export function TrainingOutcome({ run, decision }: OutcomeProps) {
  const trained = useMemo(() => readTrained(decision.outcome), [decision.outcome])
  const context = useMemo(() => readContext(decision), [decision])
  const versionId = run.results.version_id ?? null
  const evaluation = useQuery({ queryKey: ['evaluation', versionId], queryFn: ({ signal }) => client.models.evaluation(versionId ?? '', { signal }), enabled: versionId !== null, staleTime: Number.POSITIVE_INFINITY })
  const shapes = useQuery({ queryKey: ['shapes', versionId], queryFn: ({ signal }) => client.models.shapes(versionId ?? '', { signal }), enabled: versionId !== null, staleTime: Number.POSITIVE_INFINITY })
  const rows = useMemo(() => decision.options.map((option) => boardRow(option, context)), [decision.options, context])
  if (trained === null) return <Panel><p className="soft">This phase was skipped; no model was trained.</p></Panel>
  const taken = rows.find(({ trainer }) => trainer === trained.trainer)
  const edits = evaluation.data === undefined ? [] : readEdits(appliedEdits(evaluation.data))
  const fresh = evaluation.data === undefined ? null : readFresh(sealedRows(evaluation.data))
  return (
    <div className="cols">
      <div className="stack loose">
        <Panel title={`${trained.trainer_title} on the sealed rows`} aside={`${count(trained.rows.test)} rows, looked at ${trained.rows.looks === 1 ? 'once' : `${trained.rows.looks} times`}`} footer="Bootstrap percentiles, 95 %. Cross-validation: mean over the folds on training rows.">
          <StatTable
            caption="Measures on the sealed test rows"
            rows={Object.entries(trained.test_metrics)}
            keyOf={([name]) => name}
            columns={[
              { key: 'metric', head: 'Measure', cell: ([name]) => metricTitles[name] ?? name },
              { key: 'test', head: 'Test rows [95 %]', cell: ([name, { value, low, high }]) => <><b className="strong">{writeMetric(name)(value)}</b>{low === null || high === null ? null : <span className="sub"> {interval([low, high], writeMetric(name))}</span>}</>, numeric: true },
              { key: 'cv', head: 'Cross-validation', cell: ([name]) => { const mean = trained.cv_metrics[name]; return mean === undefined ? 'none' : writeMetric(name)(mean.value) }, numeric: true },
            ]}
          />
        </Panel>
        <Panel title="What was settled">
          <dl className="kv">
            <dt>Trained on</dt><dd>{count(trained.rows.train)} rows, {trained.features.length} columns</dd>
            {trained.threshold === null ? null : <><dt>Threshold</dt><dd>flag from {share(trained.threshold)}</dd></>}
            <dt>Directions</dt><dd>{Object.keys(trained.monotone).length === 0 ? 'none held' : Object.entries(trained.monotone).map(([feature, direction]) => `${feature} ${direction === 'increasing' ? 'rising' : 'falling'}`).join(', ')}</dd>
            <dt>Edits</dt><dd>{edits.length === 0 ? 'none' : <ol>{edits.map((edit) => <li key={JSON.stringify(edit)}>{editWords(edit)}</li>)}</ol>}</dd>
          </dl>
        </Panel>
        {trained.notes.length === 0 ? null : <Note><ul className="stack">{trained.notes.map((note) => <li key={note}>{note}</li>)}</ul></Note>}
        <Board rows={rows} context={context} choice={taken?.index ?? null} disabled onChoose={() => undefined} />
        {shapes.data === undefined ? null : <ShapesPanel model={{ ...shapes.data, title: trained.trainer_title }} />}
      </div>
      <div className="stack loose">
        {versionId === null ? <Note>The version of this model is not there any more.</Note> : evaluation.isError ? <Panel><ErrorState error={evaluation.error} onRetry={() => void evaluation.refetch()} /></Panel> : fresh === null ? <Panel flush><Skeleton rows={8} /></Panel> : <FreshPanels fresh={fresh} names={namesOf(trained.label, trained.classes)} threshold={trained.threshold} rows="sealed test rows" />}
      </div>
    </div>
  )
}
