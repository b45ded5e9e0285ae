import { dismissCrew, helpCrew, leadCrew, takeLead } from './tree-crew.ts'

/** Phases whose units only count themselves. */
export interface CrewTrial {
  readonly words: Int32Array
  /** How often each unit was done, by phase and unit. */
  readonly counts: Int32Array
  /** The present phase. */
  readonly phase: Int32Array
  readonly phases: number
  readonly units: number
  /** Turns of an empty loop in each unit, and between two phases. */
  readonly turns: number
  readonly pause: number
  /** Phase before which the leader fails; -1 where it does not. */
  readonly failAt: number
}

/** Arrays for a trial, shared between threads. */
export function crewTrial(given: Omit<CrewTrial, 'words' | 'counts' | 'phase'>): CrewTrial {
  const shared = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length))
  return { ...given, words: shared(4), counts: shared(given.phases * given.units), phase: shared(1) }
}

function takePart({ words, counts, phase, phases, units, turns, pause, failAt }: CrewTrial): string {
  const work = (unit: number): void => {
    idle(turns)
    Atomics.add(counts, (phase[0] as number) * units + unit, 1)
  }
  if (!takeLead(words)) {
    helpCrew(words, work)
    return 'helped'
  }
  try {
    const crew = leadCrew(words, work)
    for (let i = 0; i < phases; i++) {
      if (i === failAt) throw new Error('the leader fails')
      phase[0] = i
      crew.run(units)
      const undone = counts.subarray(i * units, (i + 1) * units).findIndex((_, unit) => Atomics.load(counts, i * units + unit) !== 1)
      if (undone >= 0) throw new Error(`phase ${i} ended before unit ${undone}`)
      idle(pause)
    }
    return 'led'
  } finally {
    dismissCrew(words)
  }
}

function idle(turns: number): void {
  let sum = 0
  for (let i = 0; i < turns; i++) sum += Math.sqrt(i)
  if (sum < 0) throw new RangeError('never')
}

/** What threads of a test run in place of the tasks of ml. */
export const taskLoaders = { takePart: async () => takePart }
