import { EVERY_NUMBER } from './forest-slots.ts'
import type { ForestFeature, Tree } from './model.ts'
import type { TreeBins } from './tree-bins.ts'
import type { BoostedTree } from './tree-boost.ts'
import { isLeftCode, MISSING_LEFT, type TreeSplit } from './tree-split.ts'

/** A tree of a model, centred: over its training rows its values are zero on average. */
export interface CentredTree {
  readonly tree: Tree
  /** Mean that was taken off all values. */
  readonly mean: number
}

/** Which columns and bins the features of grown trees stand for. */
export interface TreeNames {
  readonly features: readonly ForestFeature[]
  readonly columns: readonly number[]
  readonly bins: readonly TreeBins[]
}

/** Turns a grown tree into that of a model: codes become thresholds and levels, and the values are centred. */
export function buildTree({ splits, values, weights }: BoostedTree, names: TreeNames): CentredTree {
  const mean = weightedMean(values, weights)
  const sides = splits.map(({ split }) => sideOfSplit(split, names))
  const tree = {
    feature: splits.map(({ split }) => names.columns[split.feature] as number),
    threshold: sides.map(({ threshold }) => threshold),
    levels: sides.map(({ levels }) => levels),
    missingLeft: splits.map(({ split }) => split.missing === MISSING_LEFT),
    left: splits.map(({ left }) => left),
    right: splits.map(({ right }) => right),
    value: values.map((value) => value - mean),
    weight: [...weights],
  }
  return { tree, mean }
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  let sum = 0
  let total = 0
  for (const [leaf, value] of values.entries()) {
    sum += value * (weights[leaf] as number)
    total += weights[leaf] as number
  }
  return total > 0 ? sum / total : 0
}

interface Side {
  readonly threshold: number | null
  readonly levels: number[] | null
}

function sideOfSplit(split: TreeSplit, { bins, columns, features }: TreeNames): Side {
  const own = bins[split.feature] as TreeBins
  if (own.kind === 'numeric') return { threshold: own.edges[split.code - 1] ?? EVERY_NUMBER, levels: null }
  const feature = features[columns[split.feature] as number]
  const levels = feature?.kind === 'category' ? feature.levels : []
  const left = Array.from(levels.keys()).filter((level) => {
    const code = own.codeOfLevel[level] as number
    return code > 0 && isLeftCode(split, code)
  })
  return { threshold: null, levels: left }
}
