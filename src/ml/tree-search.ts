import { gainOfValue, leafGain, leafValue, type SplitLimits } from './tree-gain.ts'
import { buildHistogram } from './tree-histogram.ts'
import type { LeafSums, SearchJob } from './tree-job.ts'
import { readSearch } from './tree-job.ts'
import type { FeatureBlock, TreeMemory } from './tree-memory.ts'
import { HESSIAN_PER_LEAF } from './tree-rules.ts'
import { type LevelRoom, searchLevels } from './tree-search-levels.ts'
import { searchThresholds } from './tree-search-threshold.ts'
import { noSplit, SPLIT_NUMBERS, storeSplit, type TreeSplit } from './tree-split.ts'

/** Room of one thread. */
export interface SearchRoom {
  readonly histogram: Float64Array
  readonly levels: LevelRoom
}

/** Builds the histograms of one block and finds its best split of each leaf: one unit of work of a search. */
export function searchBlock(memory: TreeMemory, room: SearchRoom, index: number): void {
  const block = memory.blocks[index]
  if (!block) return
  const job = readSearch(memory)
  buildHistogram(memory, block, { job, room: room.histogram })
  room.levels.hessianUnits = job.hessianUnits
  room.levels.isConstrained = memory.isConstrained
  for (const [side, leaf] of [job.small, job.big].entries()) {
    if (!leaf?.isOpen) continue
    const best = searchLeaf({ memory, block, room, job, leaf })
    storeSplit(best, memory.found, (side * memory.blocks.length + index) * SPLIT_NUMBERS)
  }
}

interface LeafSearch {
  readonly memory: TreeMemory
  readonly block: FeatureBlock
  readonly room: SearchRoom
  readonly job: SearchJob
  readonly leaf: LeafSums
}

function searchLeaf({ memory, block, room, job, leaf }: LeafSearch): TreeSplit {
  const { features, histograms, rules, isConstrained, cells } = memory
  const limits = limitsOf(leaf, { rowsPerLeaf: rules.rowsPerLeaf, hessianUnits: job.hessianUnits, lambda: rules.lambda })
  const best = noSplit()
  const base = isConstrained ? constrainedBase(leaf, limits.penalty) : leafGain(leaf.gradient, leaf.hessian, limits.penalty)
  best.gain = base * (1 + ROUNDING)
  for (let index = block.first; index < block.end; index++) {
    const feature = features[index]
    if (!feature) continue
    const start = 2 * (leaf.slot * cells + feature.start)
    const place = { index, feature, histograms, start, leaf, limits }
    if (feature.kind === 'threshold') searchThresholds(place, best, isConstrained)
    else searchLevels(place, best, room.levels)
  }
  best.gain -= base
  return best
}

/** A gain below this share of the leaf's own is rounding. */
const ROUNDING = 1e-12

function constrainedBase({ gradient, hessian, lower, upper }: LeafSums, penalty: number): number {
  return gainOfValue(gradient, hessian + penalty, leafValue(gradient, hessian, { lower, upper, penalty }))
}

interface LimitRules {
  readonly rowsPerLeaf: number
  readonly hessianUnits: number
  readonly lambda: number
}

function limitsOf({ hessian, rows }: LeafSums, { rowsPerLeaf, hessianUnits, lambda }: LimitRules): SplitLimits {
  const hessianPerRow = hessian / rows
  // Estimated rows are rounded, so half a row less is enough.
  const least = Math.max(HESSIAN_PER_LEAF * hessianUnits, (rowsPerLeaf - 0.5) * hessianPerRow)
  return { least, most: hessian - least, penalty: lambda * hessianUnits, hessianPerRow }
}
