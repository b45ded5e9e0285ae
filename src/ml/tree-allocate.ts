import type { Direction } from './model.ts'
import { outputsOf, type Table, type Target } from './table.ts'
import { learnTreeBins, type TreeBins } from './tree-bins.ts'
import { writeCodes } from './tree-codes.ts'
import { CREW_WORDS } from './tree-crew.ts'
import { JOB_NUMBERS } from './tree-job.ts'
import type { FeatureBlock, TreeFeature, TreeMemory } from './tree-memory.ts'
import type { TreeRules } from './tree-rules.ts'
import { SPLIT_NUMBERS } from './tree-split.ts'

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

/** Above this many features two words of four are read at once. */
const NARROW = 11

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

function codeColumns({ table, monotone }: TreeData, integers: (length: number) => Int32Array): CodedColumns {
  const width = table.columns.length > NARROW ? 8 : 4
  const coded: CodedColumns = { features: [], blocks: [], words: [], columns: [], bins: [] }
  let start = 0
  for (const [index, column] of table.columns.entries()) {
    const bins = learnTreeBins(column)
    const at = coded.features.length
    const word = Math.floor(at / 4)
    if (word === coded.words.length) coded.words.push(integers(table.rows))
    const place = { words: coded.words[word] as Int32Array, shift: 8 * (at % 4) }
    const used = writeCodes(column, bins, place)
    // Where all rows are alike there is nothing to split, and the next column takes the place.
    if (used.reduce((sum, one) => sum + one, 0) < 2) {
      clearByte(place)
      continue
    }
    coded.features.push({
      kind: bins.kind === 'levels' ? 'levels' : 'threshold',
      codes: bins.codes,
      start,
      word,
      shift: place.shift,
      direction: signOf(monotone[column.name]),
      pools: bins.kind === 'levels' && bins.pools,
    })
    coded.columns.push(index)
    coded.bins.push(bins)
    start += bins.codes
  }
  for (let first = 0; first < coded.features.length; first += width) {
    coded.blocks.push({ first, end: Math.min(first + width, coded.features.length) })
  }
  return coded
}

function clearByte({ words, shift }: { readonly words: Int32Array; readonly shift: number }): void {
  const others = ~(255 << shift)
  for (let i = 0; i < words.length; i++) words[i] = (words[i] as number) & others
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
