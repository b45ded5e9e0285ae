import type { Direction } from './model.ts'
import { type Column, outputsOf, type Table, type Target } from './table.ts'
import { BLOCK_WIDTH } from './tree-add-rows.ts'
import { learnTreeBins, type TreeBins } from './tree-bins.ts'
import { writeCodes } from './tree-codes.ts'
import { CREW_WORDS } from './tree-crew.ts'
import { JOB_NUMBERS } from './tree-job.ts'
import type { FeatureBlock, TreeFeature, TreeMemory } from './tree-memory.ts'
import type { TreeRules } from './tree-rules.ts'
import { SPLIT_NUMBERS } from './tree-split.ts'
import { wishedDirection } from './wished-direction.ts'

/** What a fit of trees learns from. */
export interface TreeData {
  readonly table: Table
  readonly target: Target
  readonly weights: Float64Array | undefined
  readonly monotone: Readonly<Record<string, Direction>>
  /** Score by output from which the boosting starts. */
  readonly start: readonly number[]
  readonly rules: TreeRules
  /** Whether other threads must be able to see the memory. */
  readonly isShared: boolean
}

/** The memory of a fit, and which column and bins each of its features stands for. */
export interface AllocatedTrees {
  readonly memory: TreeMemory
  /** By feature of the memory: its column, and the bins of that. */
  readonly columns: readonly number[]
  readonly bins: readonly TreeBins[]
}

/** Codes the table and makes room for all that the boosting needs. */
export function allocateTrees(data: TreeData): AllocatedTrees {
  const { table, target, rules } = data
  const { rows } = table
  const make = data.isShared ? sharedArrays : ownArrays
  const coded = codeColumns(data, make.integers)
  const outputs = outputsOf(target)
  const segments = segmentsOf(rows)
  const cells = coded.features.reduce((sum, feature) => sum + feature.codes, 0)
  const { leaves } = rules
  const scores = make.floats(outputs * rows)
  for (const [k, start] of data.start.entries()) scores.fill(start, k * rows, (k + 1) * rows)
  const targets = make.floats(rows)
  targets.set(target.task === 'regression' ? target.values : target.codes)
  const memory: TreeMemory = {
    task: target.task,
    rows,
    outputs,
    rules,
    features: coded.features,
    blocks: coded.blocks,
    words: coded.words,
    segments,
    isConstrained: coded.features.some(({ direction }) => direction !== 0),
    cells,
    target: targets,
    weights: data.weights && copyInto(make.floats(rows), data.weights),
    heaviest: data.weights?.reduce((most, weight) => Math.max(most, weight), 0),
    scores,
    packed: make.floats(outputs * rows),
    orders: [make.integers(rows), make.integers(rows)],
    buffers: make.integers(leaves),
    ranges: make.integers(2 * leaves * segments),
    totals: make.floats(2 * outputs * segments),
    histograms: make.floats(2 * leaves * cells),
    phase: make.integers(1),
    job: make.floats(JOB_NUMBERS),
    goesLeft: make.bytes(256),
    found: make.floats(2 * coded.blocks.length * SPLIT_NUMBERS),
    values: make.floats(leaves),
    leafWeights: make.floats(leaves * segments),
    largest: make.floats(segments).fill(largestResidual(data)),
    progress: make.integers(1),
    crew: make.integers(CREW_WORDS),
  }
  return { memory, columns: coded.columns, bins: coded.bins }
}

/** Segments of rows: enough for some threads, few enough to stay long. */
function segmentsOf(rows: number): number {
  if (rows < 5_000) return 1
  return rows < 200_000 ? 4 : 8
}

interface CodedColumns {
  readonly features: TreeFeature[]
  readonly blocks: FeatureBlock[]
  readonly words: Int32Array[]
  readonly columns: number[]
  readonly bins: TreeBins[]
}

/** Codes the columns that vary; where all rows are alike there is nothing to split. */
function codeColumns({ table, monotone }: TreeData, integers: (length: number) => Int32Array): CodedColumns {
  const columns = Array.from(table.columns.keys()).filter((index) => varies(table.columns[index] as Column))
  const coded: CodedColumns = { features: [], blocks: cutBlocks(columns.length), words: [], columns, bins: [] }
  let start = 0
  for (const { first, end } of coded.blocks) {
    for (let f = first; f < end; f++) {
      const column = table.columns[columns[f] as number] as Column
      if ((f - first) % 4 === 0) coded.words.push(integers(table.rows))
      const bins = learnTreeBins(column)
      const word = coded.words.length - 1
      const shift = 8 * ((f - first) % 4)
      writeCodes(column, bins, { words: coded.words[word] as Int32Array, shift })
      coded.features.push({
        kind: bins.kind === 'levels' ? 'levels' : 'threshold',
        codes: bins.codes,
        start,
        word,
        shift,
        direction: signOf(wishedDirection(monotone, column.name)),
        pools: bins.kind === 'levels' && bins.pools,
      })
      coded.bins.push(bins)
      start += bins.codes
    }
  }
  return coded
}

/** An even number of blocks where there are features for more than one, so that two threads have equally much to do. */
function cutBlocks(features: number): FeatureBlock[] {
  // Two features cost little more than one, because one addition need not wait for the other.
  const pairs = Math.ceil(features / 2)
  const count = Math.min(pairs, 2 * Math.ceil(features / (2 * BLOCK_WIDTH)))
  const edge = (block: number): number => Math.min(features, 2 * Math.ceil((pairs * block) / count))
  return Array.from({ length: count }, (_, block) => ({ first: edge(block), end: edge(block + 1) }))
}

function varies(column: Column): boolean {
  if (column.kind === 'category') return column.codes.some((code) => code !== column.codes[0])
  const { values } = column
  const first = Number.isFinite(values[0]) ? values[0] : Number.NaN
  return values.some((value) => (Number.isFinite(value) ? value !== first : Number.isFinite(first)))
}

function signOf(direction: Direction | undefined): number {
  if (direction === undefined) return 0
  return direction === 'increasing' ? 1 : -1
}

function largestResidual({ target, start }: TreeData): number {
  if (target.task !== 'regression') return 1
  const middle = start[0] ?? 0
  return target.values.reduce((most, value) => Math.max(most, Math.abs(value - middle)), 0)
}

function copyInto(to: Float64Array, from: Float64Array): Float64Array {
  to.set(from)
  return to
}

interface ArrayMaker {
  readonly floats: (length: number) => Float64Array
  readonly integers: (length: number) => Int32Array
  readonly bytes: (length: number) => Uint8Array
}

const ownArrays: ArrayMaker = {
  floats: (length) => new Float64Array(length),
  integers: (length) => new Int32Array(length),
  bytes: (length) => new Uint8Array(length),
}

const sharedArrays: ArrayMaker = {
  floats: (length) => new Float64Array(new SharedArrayBuffer(8 * length)),
  integers: (length) => new Int32Array(new SharedArrayBuffer(4 * length)),
  bytes: (length) => new Uint8Array(new SharedArrayBuffer(length)),
}
