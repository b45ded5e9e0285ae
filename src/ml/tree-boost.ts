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
    helpCrew(memory.crew, work)
    return undefined
  }
  try {
    return boostRounds(memory, { crew: leadCrew(memory.crew, work), work, context })
  } finally {
    dismissCrew(memory.crew)
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
  // The tree whose values the scores still lack.
  let pending: { readonly output: number; readonly tree: BoostedTree } | undefined
  for (let round = 0; round < rules.rounds; round++) {
    throwIfStopped(context)
    const units = unitsOf(memory, bound)
    let grewAny = false
    for (let output = 0; output < outputs; output++) {
      setPhase(memory, ADVANCE)
      const done = { output: pending?.output ?? -1, leaves: pending?.tree.values.length ?? 0 }
      writeAdvance(memory, { ...done, isGradientDue: output === 0, round, ...units })
      crew.run(memory.segments)
      if (pending) weighLeaves(memory, pending.tree)
      if (output === 0) bound = largestOf(memory.largest)
      const tree = { ...growTree({ memory, units, output, onAll: crew.run, alone }), weights: [] }
      bound += Math.max(...tree.values.map(Math.abs))
      trees[output]?.push(tree)
      pending = { output, tree }
      grewAny ||= tree.splits.length > 0
    }
    context.progress?.((round + 1) / rules.rounds)
    if (!grewAny) break
  }
  if (pending) {
    setPhase(memory, ADVANCE)
    writeAdvance(memory, {
      output: pending.output,
      leaves: pending.tree.values.length,
      isGradientDue: false,
      round: 0,
      gradientUnits: 1,
      hessianUnits: 1,
      shift: 1,
    })
    crew.run(memory.segments)
    weighLeaves(memory, pending.tree)
  }
  return trees
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
