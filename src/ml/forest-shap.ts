import { gaussLegendre, type Quadrature } from './forest-quadrature.ts'
import { LEAVES, type LeafMasks } from './forest-masks.ts'
import { waysToLeaves } from './forest-ways.ts'

/** Points of a quadrature are worked through in fours. */
const FOUR = 4

/** The leaves of one set of masks made ready for Shapley values; an entry is a feature on the way to a leaf. */
export interface ShapTree {
  readonly masks: LeafMasks
  /** Points of the quadrature, filled up to a multiple of four with points of no weight. */
  readonly points: number
  /** By leaf and point: value of the leaf times the weight of the point. */
  readonly values: Float64Array
  /** First entry of each leaf, and one past the last entry. */
  readonly starts: Int32Array
  /** By entry: position of the feature among those of the masks. */
  readonly features: Int32Array
  /** By entry: share of the training rows that pass all splits of the feature on the way. */
  readonly shares: Float64Array
  /** By entry, whether the row fails (0) or passes (1), and point: factor of the product, and one by it. */
  readonly factors: Float64Array
  readonly inverses: Float64Array
}

/**
 * Prepares a tree for exact path-dependent Shapley values (the game of TreeSHAP, Lundberg et al. 2018: a feature that
 * is not known sends a row both ways, in the shares of the training rows). To a leaf of value v belongs the game
 * v x product over the features on its way of (o where the feature is known, else z): o says whether the row passes the
 * splits of the feature, z is the share of training rows that do. The Shapley value of such a product is
 * v (o - z) x the integral over t from 0 to 1 of the product over the other features of (t o + (1 - t) z), as for every
 * multilinear game (Owen 1972). The integrand is a polynomial of a degree below the number of features, which
 * Gauss-Legendre quadrature sums up exactly; all its terms are positive, so nothing cancels.
 */
export function shapTree(masks: LeafMasks): ShapTree {
  const { tree } = masks
  const ways = waysToLeaves(tree).slice(masks.first, masks.first + LEAVES)
  const most = ways.reduce((sum, way) => Math.max(sum, way.features.length), 1)
  const quadrature = fillUp(gaussLegendre(Math.ceil(most / 2)))
  const points = quadrature.points.length
  const starts = new Int32Array(ways.length + 1)
  for (const [leaf, way] of ways.entries()) starts[leaf + 1] = (starts[leaf] as number) + way.features.length
  const shares = Float64Array.from(ways.flatMap((way) => way.shares))
  const features = Int32Array.from(ways.flatMap((way) => way.features), (feature) => masks.features.indexOf(feature))
  const factors = factorsOf(shares, quadrature.points)
  const values = new Float64Array(ways.length * points)
  for (let leaf = 0; leaf < ways.length; leaf++) {
    const value = tree.value[masks.first + leaf] as number
    for (let i = 0; i < points; i++) values[leaf * points + i] = value * (quadrature.weights[i] as number)
  }
  // Where a factor is zero the whole product is, and nothing is left to share out.
  const inverses = factors.map((factor) => (factor === 0 ? 0 : 1 / factor))
  return { masks, points, values, starts, features, shares, factors, inverses }
}

function factorsOf(shares: Float64Array, points: Float64Array): Float64Array {
  const factors = new Float64Array(2 * points.length * shares.length)
  let at = 0
  for (const share of shares) {
    for (let passes = 0; passes < 2; passes++) {
      for (const t of points) factors[at++] = passes * t + (1 - t) * share
    }
  }
  return factors
}

function fillUp({ points, weights }: Quadrature): Quadrature {
  const length = FOUR * Math.ceil(points.length / FOUR)
  const filled = { points: new Float64Array(length).fill(0.5), weights: new Float64Array(length) }
  filled.points.set(points)
  filled.weights.set(weights)
  return filled
}

/** Rows whose Shapley values are due. */
export interface ShapRows {
  /** By feature of the forest and row. */
  readonly slots: readonly Int32Array[]
  /** By feature of the forest and row: to this the values are added. */
  readonly parts: readonly Float64Array[]
  readonly rows: number
}

/** Adds the Shapley values of a tree to the parts of each feature, leaf by leaf. */
export function addShapley(tree: ShapTree, { slots, parts, rows }: ShapRows): void {
  const { masks, features } = tree.masks
  const words = masks.map((mask, f) => {
    const own = slots[features[f] as number] as Int32Array
    const word = new Int32Array(rows)
    for (let row = 0; row < rows; row++) word[row] = mask[own[row] as number] as number
    return word
  })
  const into = features.map((feature) => parts[feature] as Float64Array)
  const desk: Desk = {
    words,
    patterns: new Int32Array(rows),
    passed: new Int32Array(features.length),
    isKnown: new Uint8Array(2 ** MOST_KEPT),
    shared: new Float64Array(MOST_KEPT * 2 ** MOST_KEPT + features.length),
  }
  for (let leaf = 0; leaf + 1 < tree.starts.length; leaf++) {
    const length = (tree.starts[leaf + 1] as number) - (tree.starts[leaf] as number)
    if (length <= MOST_KEPT && 2 ** length <= 2 * rows) addByPattern(tree, desk, { leaf, into })
    else addByRow(tree, desk, { leaf, into })
  }
}

/** What lies at hand while rows are led through one tree. */
interface Desk {
  /** By feature of the tree and row: a bit for each leaf whose splits of the feature the row passes. */
  readonly words: readonly Int32Array[]
  /** By row: which features on the way to the present leaf it passes, a bit for each, the first one highest. */
  readonly patterns: Int32Array
  /** 1 for each feature on the way that is passed. */
  readonly passed: Int32Array
  /** 1 for each pattern of the present leaf whose sharing is known. */
  readonly isKnown: Uint8Array
  /** By pattern and feature on the way: Shapley value. */
  readonly shared: Float64Array
}

/** Ways with more features have more patterns than rows would meet twice. */
const MOST_KEPT = 8

interface LeafParts {
  readonly leaf: number
  /** By feature of the tree and row. */
  readonly into: readonly Float64Array[]
}

/** Rows that pass the same features on the way to a leaf share out its value alike: each sharing is worked out once. */
function addByPattern(tree: ShapTree, desk: Desk, { leaf, into }: LeafParts): void {
  const { patterns, passed, isKnown, shared } = desk
  const first = tree.starts[leaf] as number
  const length = (tree.starts[leaf + 1] as number) - first
  patterns.fill(0)
  for (let i = 0; i < length; i++) appendBits(patterns, desk.words[tree.features[first + i] as number] as Int32Array, leaf)
  isKnown.fill(0, 0, 2 ** length)
  for (let row = 0; row < patterns.length; row++) {
    const pattern = patterns[row] as number
    if (isKnown[pattern] === 1) continue
    isKnown[pattern] = 1
    for (let i = 0; i < length; i++) passed[i] = (pattern >>> (length - 1 - i)) & 1
    shareOut(tree, desk, { leaf, at: length * pattern })
  }
  for (let i = 0; i < length; i++) {
    addShared(into[tree.features[first + i] as number] as Float64Array, patterns, { shared, length, at: i })
  }
}

function appendBits(patterns: Int32Array, words: Int32Array, leaf: number): void {
  for (let row = 0; row < patterns.length; row++) {
    patterns[row] = ((patterns[row] as number) << 1) | (((words[row] as number) >>> leaf) & 1)
  }
}

interface SharedAt {
  readonly shared: Float64Array
  readonly length: number
  readonly at: number
}

function addShared(part: Float64Array, patterns: Int32Array, { shared, length, at }: SharedAt): void {
  for (let row = 0; row < part.length; row++) {
    part[row] = (part[row] as number) + (shared[length * (patterns[row] as number) + at] as number)
  }
}

function addByRow(tree: ShapTree, desk: Desk, { leaf, into }: LeafParts): void {
  const { words, passed, patterns, shared } = desk
  const first = tree.starts[leaf] as number
  const end = tree.starts[leaf + 1] as number
  for (let row = 0; row < patterns.length; row++) {
    for (let entry = first; entry < end; entry++) {
      const word = words[tree.features[entry] as number] as Int32Array
      passed[entry - first] = ((word[row] as number) >>> leaf) & 1
    }
    shareOut(tree, desk, { leaf, at: 0 })
    for (let entry = first; entry < end; entry++) {
      const part = into[tree.features[entry] as number] as Float64Array
      part[row] = (part[row] as number) + (shared[entry - first] as number)
    }
  }
}

/** Writes the Shapley value of each feature on the way to a leaf, from `at` on. */
function shareOut(tree: ShapTree, { passed, shared }: Desk, { leaf, at }: { readonly leaf: number; readonly at: number }): void {
  const { starts, shares, values, factors, inverses, points } = tree
  const first = starts[leaf] as number
  const length = (starts[leaf + 1] as number) - first
  shared.fill(0, at, at + length)
  for (let point = 0; point < points; point += FOUR) {
    const from = leaf * points + point
    let a = values[from] as number
    let b = values[from + 1] as number
    let c = values[from + 2] as number
    let d = values[from + 3] as number
    for (let i = 0; i < length; i++) {
      const factor = (2 * (first + i) + (passed[i] as number)) * points + point
      a *= factors[factor] as number
      b *= factors[factor + 1] as number
      c *= factors[factor + 2] as number
      d *= factors[factor + 3] as number
    }
    for (let i = 0; i < length; i++) {
      const passes = passed[i] as number
      const factor = (2 * (first + i) + passes) * points + point
      const others =
        a * (inverses[factor] as number) +
        b * (inverses[factor + 1] as number) +
        c * (inverses[factor + 2] as number) +
        d * (inverses[factor + 3] as number)
      shared[at + i] = (shared[at + i] as number) + (passes - (shares[first + i] as number)) * others
    }
  }
}
