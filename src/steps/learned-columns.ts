import type { BoundStep } from './step-type.ts'

/** Ids of the columns whose values hang on what a step learnt, however many steps lie between. */
export function learnedColumns(steps: readonly BoundStep[]): Set<string> {
  const learned = new Set<string>()
  for (const { rowwise, contract, created } of steps) {
    const { reads, changes, creates } = contract
    const touched = !rowwise || reads.some((id) => learned.has(id))
    // A step for many columns works on each by itself; one whose learnt columns it reads may put them into any.
    if (touched) for (const { id } of changes) learned.add(id)
    for (const [i, { from }] of creates.entries()) {
      const column = created[i]
      if (column !== undefined && (touched || from.some((id) => learned.has(id)))) learned.add(column.id)
    }
  }
  return learned
}
