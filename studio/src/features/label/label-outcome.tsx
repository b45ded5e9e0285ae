import { useMemo, useState } from 'react'
import { groupedOptions } from '#studio/components/options/option-verdict.ts'
import { TakenList, takenIndices } from '#studio/components/options/taken-list.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { count, share } from '#studio/lib/numbers.ts'
import type { OutcomeProps } from '#studio/lib/phase-feature.ts'
import { labelledOf, splitWords, taskWords } from './label-card.ts'
import { LabelDetail } from './label-detail.tsx'

/** What is predicted, on which rows it is learnt and tested, and what was left out for saying it. */
export function LabelOutcome({ decision }: OutcomeProps) {
  const outcome = useMemo(() => labelledOf(decision.outcome), [decision])
  const groups = useMemo(() => groupedOptions(decision.options), [decision.options])
  const [picked, setPicked] = useState<number | null>(null)
  const index = picked ?? takenIndices(decision)[0] ?? decision.options[0]?.index ?? null
  const option = decision.options.find((one) => one.index === index)
  return (
    <div className="cols">
      <div className="stack loose">
        {outcome === null ? null : (
          <Panel title="What was settled" footer="Sealed rows are never seen by anything that learns. Each look at them is counted.">
            <dl className="kv">
              <dt>Predicted</dt><dd><code>{outcome.label.name}</code>, {taskWords[outcome.task]}{outcome.positive === null ? '' : <>, positive <code>{outcome.positive}</code></>}</dd>
              <dt>Test rows</dt><dd>{count(outcome.rows.test)} sealed ({share(outcome.rows.test / Math.max(1, outcome.rows.labelled))}), {splitWords(outcome.split)}</dd>
              <dt>Training rows</dt><dd>{count(outcome.rows.train)}</dd>
              <dt>Without a label</dt><dd>{outcome.rows.unlabelled === 0 ? 'none' : `${count(outcome.rows.unlabelled)}, left out of both`}</dd>
              <dt>Left out</dt><dd>{outcome.left_out.length === 0 ? 'no column' : <ul>{outcome.left_out.map(({ name, text }) => <li key={name}><code>{name}</code> <span className="soft">{text}</span></li>)}</ul>}</dd>
            </dl>
          </Panel>
        )}
        {decision.options.length === 0 ? null : <TakenList decision={decision} groups={groups} many={false} selected={index} onSelect={setPicked} />}
      </div>
      {option === undefined ? null : <LabelDetail option={option} positive={null} keep={[]} disabled onKeep={() => undefined} onPositive={() => undefined} />}
    </div>
  )
}
