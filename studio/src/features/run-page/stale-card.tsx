import { useQuery } from '@tanstack/react-query'
import type { DecisionRecord, PendingDecision, RunStateAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { Note } from '#studio/components/note.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import type { Answer } from '#studio/lib/desk.ts'
import { decisionQuery } from '#studio/lib/run-queries.ts'

interface StaleCardProps {
  readonly run: RunStateAnswer
  readonly card: PendingDecision
  /** What this person had chosen, and not sent. */
  readonly answer: Answer | null
  readonly onMoveOn: () => void
}

/** Somebody else was first: who, what, when, and how it differs from what was chosen here. Nothing of that is thrown away. */
export function StaleCard({ run, card, answer, onMoveOn }: StaleCardProps) {
  const made = useQuery(decisionQuery(run.run_id, card.decision_id)).data
  return (
    <Note tone="held" live>
      {made === undefined ? <b className="strong">This decision is no longer open.</b> : (
        <>
          <b className="strong">{whoOf(made)} decided this <Ago at={made.decided_at} />.</b> {whatOf(made)} {answer === null ? null : difference(made, answer)}
        </>
      )}{' '}
      What you chose was not sent. <Button onClick={onMoveOn}>Go to where the run is</Button>
    </Note>
  )
}

function whoOf({ actor }: DecisionRecord): string {
  if (actor.kind === 'key') return actor.name
  if (actor.kind === 'timeout') return 'The deadline'
  return actor.kind === 'policy' ? 'The policy of the run' : 'The engine'
}

function whatOf({ taken, skipped, rationale }: DecisionRecord): string {
  const what = skipped ? 'The phase was skipped.' : taken.length === 0 ? 'Nothing of what was offered was taken.' : `Taken: ${taken.join(', ')}.`
  return rationale === null ? what : `${what} Because: “${rationale}”.`
}

/** In how many rows the two answers differ, where both choose among the options. */
function difference(made: DecisionRecord, mine: Answer): string {
  const theirs = indicesOf(made.answer)
  const own = indicesOf(mine)
  if (theirs === null || own === null) return ''
  const rows = made.options.filter(({ index }) => theirs.has(index) !== own.has(index)).map(({ title }) => title)
  return rows.length === 0 ? 'You had chosen the same.' : `Yours differs in ${rows.length === 1 ? 'one' : rows.length}: ${rows.join(', ')}.`
}

function indicesOf(answer: Record<string, unknown>): Set<number> | null {
  if (typeof answer.choice_index === 'number') return new Set([answer.choice_index])
  return Array.isArray(answer.apply_indices) ? new Set(answer.apply_indices.filter((index) => typeof index === 'number')) : null
}
