import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import type { LevelProfile, NumberProfile } from './raw-profile.ts'
import type { ColumnRule, Move } from './what-if-request.ts'

/** The values that one column may take: choice 0 is the present one. */
export interface Axis {
  readonly column: string
  readonly profile: NumberProfile | LevelProfile
  readonly cells: readonly Cell[]
  readonly costs: Float64Array
  /** By choice: the number, or the place in the order of the levels; NaN where levels have no order. */
  readonly places: Float64Array
  /** Whether these are all values that could be the cheapest. */
  readonly complete: boolean
  readonly step: number
}

/** How values reach the model: at which borders its answer changes, and whether only there. */
export interface ColumnBorders {
  readonly edges: readonly number[]
  readonly onlyThere: boolean
}

/** Most values of a column that are tried one by one. */
const mostValues = 1_024

interface NumberWish {
  readonly cell: Cell
  readonly rule: ColumnRule
  readonly borders: ColumnBorders
  /** By how much conditions want it to move at least. */
  readonly moves: readonly number[]
}

/** The numbers that a column may take. */
export function numberAxis(profile: NumberProfile, { cell, rule, borders, moves }: NumberWish): Result<Axis> {
  const { name } = profile
  const now = Number(cell)
  if (rule.levels !== undefined || rule.order !== undefined || rule.cost?.levels !== undefined) return refuse('VALIDATION_FAILED', `columns.${name}: levels, order and cost.levels are for columns of levels; this one holds numbers.`)
  const step = rule.step ?? profile.step
  const low = rule.direction === 'up' ? now : (rule.min ?? Math.min(profile.min, now))
  const high = rule.direction === 'down' ? now : (rule.max ?? Math.max(profile.max, now))
  const grid = gridOf(step)
  const count = (high - low) / step
  const inside = (value: number): boolean => value >= Math.max(low, rule.min ?? low) && value <= Math.min(high, rule.max ?? high) && value !== now
  const everyValue = !borders.onlyThere && count <= mostValues
  const edges = borders.edges.flatMap((edge) => (edge >= now ? [grid.above(edge)] : [grid.atMost(edge)]))
  const moved = moves.flatMap((by) => [grid.atMost(now - by), grid.atLeast(now + by), grid.above(now), grid.atMost(now - step)])
  // Where the present value lies outside of what is allowed, the nearest allowed one may be the cheapest.
  const ends = [rule.min ?? low, rule.max ?? high].flatMap((end) => [grid.atLeast(end), grid.atMost(end)])
  const more = borders.onlyThere ? [] : everyValue ? grid.all(low, high) : profile.quantiles.map(grid.nearest)
  const values = [...new Set([...edges, ...moved, ...ends, ...more])].filter(inside).sort((a, b) => Math.abs(a - now) - Math.abs(b - now) || a - b)
  const perUnit = rule.cost?.per_unit ?? 1 / profile.spread
  const costs = values.map((value) => (rule.cost?.per_change ?? 0) + perUnit * Math.abs(value - now))
  const cells = values.map((value): Cell => (profile.asText ? String(value) : value))
  return accept({ column: name, profile, cells: [cell, ...cells], costs: Float64Array.from([0, ...costs]), places: Float64Array.from([now, ...values]), complete: borders.onlyThere || everyValue, step })
}

interface Grid {
  above(value: number): number
  atMost(value: number): number
  atLeast(value: number): number
  nearest(value: number): number
  all(low: number, high: number): number[]
}

/** Multiples of a step, written without the dust of binary fractions. */
export function gridOf(step: number): Grid {
  const decimals = Math.min(12, Math.max(0, ...[step].map((one) => (one.toString().includes('e-') ? Number(one.toString().split('e-')[1]) + 2 : (one.toString().split('.')[1]?.length ?? 0)))))
  const at = (place: number): number => Number((place * step).toFixed(decimals))
  function atMost(value: number): number {
    const place = Math.floor(value / step)
    return at(place + 1) <= value ? at(place + 1) : at(place) <= value ? at(place) : at(place - 1)
  }
  function above(value: number): number {
    const place = Math.floor(value / step)
    return at(place) > value ? at(place) : at(place + 1) > value ? at(place + 1) : at(place + 2)
  }
  function atLeast(value: number): number {
    const below = atMost(value)
    return value - below <= 1e-9 * Math.max(step, Math.abs(value)) ? below : above(value)
  }
  function all(low: number, high: number): number[] {
    const values: number[] = []
    for (let place = Math.ceil(low / step) - 1; at(place) <= high; place++) if (at(place) >= low) values.push(at(place))
    return values
  }
  return { above, atMost, atLeast, nearest: (value) => at(Math.round(value / step)), all }
}

/** The levels that a column may take. */
export function levelAxis(profile: LevelProfile, { cell, rule }: { cell: Cell; rule: ColumnRule }): Result<Axis> {
  const { name } = profile
  if (rule.min !== undefined || rule.max !== undefined || rule.step !== undefined || rule.cost?.per_unit !== undefined) {
    return refuse('VALIDATION_FAILED', `columns.${name}: min, max, step and cost.per_unit are for numbers; this column holds levels.`)
  }
  if (rule.direction !== undefined && rule.order === undefined) {
    return refuse('VALIDATION_FAILED', `columns.${name}.direction: levels have no direction by themselves.`, { suggestion: 'List the levels from low to high in "order".' })
  }
  const placeOf = (value: Cell): number => {
    const place = (rule.order ?? []).indexOf(String(value))
    return place < 0 ? Number.NaN : place
  }
  const now = placeOf(cell)
  const isAllowed = (value: Cell): boolean => {
    if (value === cell || (rule.order !== undefined && Number.isNaN(placeOf(value)))) return false
    return rule.direction === undefined || (rule.direction === 'up' ? placeOf(value) > now : placeOf(value) < now)
  }
  const known = new Map(profile.levels.map(({ value }) => [String(value), value]))
  const wanted: Cell[] = rule.levels === undefined ? profile.levels.map(({ value }) => value) : rule.levels.map((level) => known.get(level) ?? level)
  const costOf = (value: Cell): number => {
    const levels = rule.cost?.levels
    return (levels !== undefined && Object.hasOwn(levels, String(value)) ? levels[String(value)] : rule.cost?.per_change) ?? 1
  }
  const cells = [...new Set(wanted)].filter(isAllowed)
  return accept({
    column: name,
    profile,
    cells: [cell, ...cells],
    costs: Float64Array.from([0, ...cells.map(costOf)]),
    places: Float64Array.from([now, ...cells.map(placeOf)]),
    complete: true,
    step: 1,
  })
}

/** By choice, whether it moves the column so, and by so much at least. */
export function movesOf({ places, cells }: Axis, moves: Move, by = 0): Uint8Array {
  const now = places[0] ?? Number.NaN
  // 0.7 - 0.5 is a little less than 0.2.
  const least = by - 1e-9 * Math.max(1, Math.abs(now))
  return Uint8Array.from(cells, (_, choice) => {
    if (choice === 0) return 0
    const change = (places[choice] ?? Number.NaN) - now
    if (moves === 'any') return Number.isNaN(change) || Math.abs(change) >= least ? 1 : 0
    return (moves === 'up' ? change > 0 && change >= least : change < 0 && -change >= least) ? 1 : 0
  })
}
