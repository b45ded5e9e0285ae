import { advanceSegment } from './tree-advance.ts'
import { histogramRoom } from './tree-histogram.ts'
import type { TreeMemory } from './tree-memory.ts'
import { partitionSegment } from './tree-partition.ts'
import { searchBlock } from './tree-search.ts'
import { levelRoom } from './tree-search-levels.ts'

/** The three kinds of phases; their units are segments of rows, or blocks of features in a search. */
export const ADVANCE = 0
export const PARTITION = 1
export const SEARCH = 2

/** Kind of a phase. */
export type PhaseKind = typeof ADVANCE | typeof PARTITION | typeof SEARCH

/** Tells all threads what the next phase is about. */
export function setPhase(memory: TreeMemory, kind: PhaseKind): void {
  memory.phase[0] = kind
}

/** Does units of work on a memory; each thread has a worker of its own, as it needs room of its own. */
export function treeWorker(memory: TreeMemory): (unit: number) => void {
  const room = { histogram: histogramRoom(), levels: levelRoom() }
  return (unit) => {
    const kind = memory.phase[0]
    if (kind === SEARCH) searchBlock(memory, room, unit)
    else if (kind === PARTITION) partitionSegment(memory, unit)
    else advanceSegment(memory, unit)
  }
}
