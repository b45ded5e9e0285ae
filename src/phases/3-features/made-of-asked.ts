import type { LeftOut } from '#core/outcomes'
import type { BoundStep } from '#steps/step-type'

/** By column id: the column that a request leaves out and of which it is made, both as they were named then. */
export type MadeOfAsked = ReadonlyMap<string, { readonly name: string; readonly asked: string; readonly step: BoundStep }>

/** The columns that steps make of columns which the request asks not to use, however many steps lie between. */
export function madeOfAsked(steps: readonly BoundStep[], leftOut: readonly LeftOut[]): MadeOfAsked {
  const asked = new Map(leftOut.filter(({ reason }) => reason === 'asked').map(({ column, name }) => [column, name]))
  const found = new Map<string, { name: string; asked: string; step: BoundStep }>()
  const rootOf = (ids: readonly string[]): string | undefined => ids.map((id) => asked.get(id) ?? found.get(id)?.asked).find((root) => root !== undefined)
  for (const step of steps) {
    const { reads, changes, creates } = step.contract
    for (const [i, creation] of creates.entries()) {
      const [column, root] = [step.created[i], rootOf(creation.from)]
      if (column !== undefined && root !== undefined) found.set(column.id, { name: column.name, asked: root, step })
    }
    // A step that changes many columns does so each by itself; one that changes a single one may put others into it.
    const [changed, more] = changes
    const root = rootOf(reads.filter((id) => id !== changed?.id))
    if (changed === undefined || more !== undefined || root === undefined || asked.has(changed.id)) continue
    found.set(changed.id, { name: step.after.find(({ id }) => id === changed.id)?.name ?? changed.id, asked: root, step })
  }
  return found
}

/** The columns among those that are made of what the request leaves out: left out with it. */
export function leftOutWithAsked(made: MadeOfAsked): LeftOut[] {
  return [...made].map(([column, { name, asked }]) => ({ column, name, reason: 'asked', text: `"${name}" is made of "${asked}", which the request asks not to use.` }))
}
