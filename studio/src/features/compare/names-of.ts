import type { RunStateAnswer } from '#sdk/client'

/** What the two runs are called where they stand beside each other; runs of one name are told apart by their place. */
export function namesOf(one: RunStateAnswer, other: RunStateAnswer): readonly [string, string] {
  return one.name === other.name ? ['first run', 'second run'] : [one.name, other.name]
}
