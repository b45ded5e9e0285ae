import { type Context, throwIfStopped } from './context.ts'
import { type Crew, dismissCrew, helpCrew, leadCrew, soloCrew, takeLead } from './tree-crew.ts'
import { chooseFixedPoint, type FixedPoint } from './tree-fixed-point.ts'
import { type GrownTree, growTree } from './tree-grow.ts'
import { writeAdvance } from './tree-job.ts'
import type { TreeMemory } from './tree-memory.ts'
import { ADVANCE, setPhase, treeWorker } from './tree-work.ts'

/** A tree with the weight of the rows in each leaf. */
export interface BoostedTree extends GrownTree {
  readonly weights: number[]
}

/** Work that several threads are asked to share: each gets the same memory. */
export interface BoostTreesInput {
  readonly memory: TreeMemory
  /** Whether others have been asked too. */
  readonly isShared: boolean
}

/** Boosts trees; by output and round, or undefined where another thread led and has the result. */
export function boostTrees({ memory, isShared }: BoostTreesInput, context: Context = {}): BoostedTree[][] | undefined {
  const work = treeWorker(memory)
  if (!isShared) return boostRounds(memory, { crew: soloCrew(work), work, context })
  if (!takeLead(memory.crew)) {
    helpCrew(memory.crew, tellProgress(memory, work, context))
    return undefined
  }
  try {
    return boostRounds(memory, { crew: leadCrew(memory.crew, work), work, context })
  } finally {
    dismissCrew(memory.crew)
  }
}

/** Helpers tell how far the leader is: whoever waits for all parts sees their mean. */
function tellProgress({ progress, rules }: TreeMemory, work: (unit: number) => void, context: Context): (unit: number) => void {
  let told = 0
  return (unit) => {
    work(unit)
    const done = progress[0] as number
    if (done === told) return
    told = done
    context.progress?.(done / rules.rounds)
  }
}

interface Boosting {
  readonly crew: Crew
  readonly work: (unit: number) => void
  readonly context: Context
}

function boostRounds(memory: TreeMemory, { crew, work, context }: Boosting): BoostedTree[][] {
  const { outputs, rules } = memory
  const trees: BoostedTree[][] = Array.from({ length: outputs }, () => [])
  const alone = soloCrew(work).run
  let bound = largestOf(memory.largest)
  let last: FinishedTree | undefined
  for (let round = 0; round < rules.rounds; round++) {
    throwIfStopped(context)
    const units = unitsOf(memory, bound)
    let grewAny = false
    for (let output = 0; output < outputs; output++) {
      advance(memory, crew, { last, isGradientDue: output === 0, round, units })
      if (output === 0) bound = largestOf(memory.largest)
      const tree = { ...growTree({ memory, units, output, onAll: crew.run, alone }), weights: [] }
      bound += Math.max(...tree.values.map(Math.abs))
      trees[output]?.push(tree)
      last = { output, tree }
      grewAny ||= tree.splits.length > 0
    }
    memory.progress[0] = round + 1
    context.progress?.((round + 1) / rules.rounds)
    if (grewAny) continue
    // Nothing is left to learn, and later rounds would find the same.
    for (const rounds of trees) rounds.pop()
    return trees
  }
  advance(memory, crew, { last, isGradientDue: false, round: 0, units: unitsOf(memory, bound) })
  return trees
}

/** A tree that the scores still lack. */
interface FinishedTree {
  readonly output: number
  readonly tree: BoostedTree
}

interface Advance {
  readonly last: FinishedTree | undefined
  readonly isGradientDue: boolean
  readonly round: number
  readonly units: FixedPoint
}

function advance(memory: TreeMemory, crew: Crew, { last, units, ...given }: Advance): void {
  setPhase(memory, ADVANCE)
  writeAdvance(memory, { output: last?.output ?? -1, leaves: last?.tree.values.length ?? 0, ...given, ...units })
  crew.run(memory.segments)
  if (last) weighLeaves(memory, last.tree)
}

function unitsOf({ task, outputs, heaviest }: TreeMemory, bound: number): FixedPoint {
  return chooseFixedPoint({ task, outputs, gradient: task === 'regression' ? bound : 1, weight: heaviest })
}

function largestOf(values: Float64Array): number {
  let largest = 0
  for (const value of values) if (value > largest) largest = value
  return largest
}

function weighLeaves({ segments, leafWeights }: TreeMemory, tree: BoostedTree): void {
  for (let leaf = 0; leaf < tree.values.length; leaf++) {
    let sum = 0
    for (let segment = 0; segment < segments; segment++) sum += leafWeights[leaf * segments + segment] as number
    tree.weights[leaf] = sum
  }
}
