import type { Trainer } from './model.ts'
import { type Random, seededRandom } from './random.ts'
import type { Settings } from './settings.ts'

/** One setting with the values to try, from the simplest model to the most complicated. */
export interface Knob {
  readonly name: string
  /** Null is what the trainer does by itself; it must be among them. */
  readonly values: readonly (number | string | null)[]
}

/** The settings of one try; what the trainer does by itself is absent. */
export type Knobs = Readonly<Record<string, number | string>>

/** A way to set a trainer. */
export interface SettingsTry {
  readonly knobs: Knobs
  /** How many knobs are not as the trainer sets them. */
  readonly departures: number
  /** Steps from what the trainer does by itself, added up: below 0 a simpler model, above 0 a more complicated one. */
  readonly complexity: number
}

/** Smoother, coarser and shallower curves are simpler; smaller steps and more bags take more work for the same model. */
const CURVES: readonly Knob[] = [
  { name: 'leaves', values: [2, null, 6] },
  { name: 'smoothingRounds', values: [500, null, 0] },
  { name: 'bins', values: [16, null, 128] },
  { name: 'learningRate', values: [null, 0.05] },
  { name: 'bags', values: [null, 24] },
]

const SPACES: Readonly<Record<Trainer, readonly Knob[]>> = {
  'glassbox-main': CURVES,
  glassbox: CURVES,
  linear: [{ name: 'l1Ratio', values: [1, 0.5, null] }],
  trees: [
    { name: 'leaves', values: [7, 15, null, 63] },
    { name: 'rowsPerLeaf', values: [60, null, 5] },
    { name: 'rounds', values: [50, null, 300] },
    { name: 'learningRate', values: [null, 0.03] },
  ],
  dummy: [],
}

/** The settings that are worth a try for a trainer. */
export function spaceOf(trainer: Trainer): readonly Knob[] {
  return SPACES[trainer]
}

/**
 * At most `most` ways to set a trainer: first its own, then every single departure from it, then seeded draws of several
 * at a time; none twice.
 */
export function drawTries(space: readonly Knob[], most: number, seed: number): SettingsTry[] {
  const own = tryOf(space, new Map())
  const singles = space.flatMap((knob) =>
    knob.values.flatMap((value) => (value === null ? [] : [tryOf(space, new Map([[knob.name, value]]))])),
  )
  const tries = [own, ...singles].slice(0, Math.max(1, most))
  const known = new Set(tries.map(({ knobs }) => JSON.stringify(knobs)))
  const all = space.reduce((count, { values }) => count * values.length, 1)
  const random = seededRandom(seed, 0x5ea7)
  // Draws that were made before are thrown away; so many in a row without a new one end the search of a small space.
  for (let misses = 0; tries.length < Math.min(most, all) && misses < 1000; misses++) {
    const drawn = tryOf(space, drawValues(space, random))
    const name = JSON.stringify(drawn.knobs)
    if (known.has(name)) continue
    known.add(name)
    tries.push(drawn)
    misses = 0
  }
  return tries
}

function drawValues(space: readonly Knob[], random: Random): Map<string, number | string> {
  const drawn = new Map<string, number | string>()
  for (const { name, values } of space) {
    const value = values[random.below(values.length)] ?? null
    if (value !== null) drawn.set(name, value)
  }
  return drawn
}

function tryOf(space: readonly Knob[], set: ReadonlyMap<string, number | string>): SettingsTry {
  const complexity = space.reduce((sum, { name, values }) => {
    const value = set.get(name)
    return value === undefined ? sum : sum + values.indexOf(value) - values.indexOf(null)
  }, 0)
  return { knobs: Object.fromEntries(set), departures: set.size, complexity }
}

/** The settings of a request with those of a try in place of the trainer's own. */
export function withKnobs(settings: Settings | undefined, trainer: Trainer, knobs: Knobs): Settings {
  const family = familyOf(trainer)
  if (family === null) return settings ?? {}
  const given: Readonly<Record<string, object | undefined>> = { ...settings }
  // Each trainer reads its own knobs; a name that it does not know is not read.
  return { ...settings, [family]: { ...given[family], ...knobs } } as Settings
}

function familyOf(trainer: Trainer): 'glassbox' | 'linear' | 'trees' | null {
  switch (trainer) {
    case 'glassbox':
    case 'glassbox-main':
      return 'glassbox'
    case 'linear':
      return 'linear'
    case 'trees':
      return 'trees'
    case 'dummy':
      return null
  }
}
