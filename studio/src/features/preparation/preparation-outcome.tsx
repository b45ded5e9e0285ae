import { useMemo, useState } from 'react'
import { groupedOptions } from '#studio/components/options/option-verdict.ts'
import { TakenList, takenIndices } from '#studio/components/options/taken-list.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { count, counted } from '#studio/lib/numbers.ts'
import type { OutcomeProps } from '#studio/lib/phase-feature.ts'
import { ColumnDetail } from './column-detail.tsx'
import { FoundPanel } from './found-panel.tsx'
import { columnsOf, contextOf, outcomeOf } from './profile.ts'
import { StepDetail } from './step-detail.tsx'

/** What was cleaned: the steps with their rows before and after, and what the table came to. */
export function PreparationOutcome({ run, decision }: OutcomeProps) {
  const context = useMemo(() => contextOf(decision), [decision])
  const outcome = useMemo(() => outcomeOf(decision.outcome), [decision])
  const groups = useMemo(() => groupedOptions(decision.options), [decision.options])
  const [picked, setPicked] = useState<number | null>(null)
  const index = picked ?? takenIndices(decision)[0] ?? decision.options[0]?.index ?? null
  const option = decision.options.find((one) => one.index === index)
  const columns = option === undefined ? [] : columnsOf(option.effect)
  return (
    <div className="cols">
      <div className="stack loose">
        {outcome === null ? null : (
          <Panel title="What the table came to">
            <dl className="kv">
              <dt>Rows</dt><dd>{count(outcome.table.rows)}; none is dropped by a step</dd>
              <dt>Columns</dt><dd>{counted(outcome.table.columns.length, 'column')}{outcome.left_out.length === 0 ? '' : `, ${outcome.left_out.length} of them left out of the model: ${outcome.left_out.map(({ name }) => name).join(', ')}`}</dd>
              <dt>Steps</dt><dd>{outcome.spec.steps.length === 0 ? 'none' : <ol>{outcome.spec.steps.map(({ id, type, description }) => <li key={id}>{description ?? type}</li>)}</ol>}</dd>
            </dl>
          </Panel>
        )}
        {decision.options.length === 0 ? null : <TakenList decision={decision} groups={groups} many selected={index} onSelect={setPicked} />}
        {context === null ? null : <FoundPanel context={context} options={decision.options.length} />}
      </div>
      <div className="stack loose">
        {option === undefined ? null : <StepDetail option={option} datasetId={run.dataset_id} />}
        {context?.profile.columns.filter(({ name }) => columns.includes(name)).slice(0, 3).map((column) => <ColumnDetail key={column.name} column={column} rows={context.profile.rows} notes={[]} />)}
      </div>
    </div>
  )
}
