import type { TaskName } from '#core/run-settings'

export const trainerNames = ['glassbox', 'glassbox-main', 'linear', 'trees', 'dummy'] as const
export type TrainerName = (typeof trainerNames)[number]

/** What people read about a trainer. */
export interface TrainerFacts {
  readonly name: TrainerName
  readonly title: string
  readonly summary: string
}

const facts: Readonly<Record<TrainerName, TrainerFacts>> = {
  glassbox: {
    name: 'glassbox',
    title: 'Glass box, curves and pairs',
    summary:
      'Adds up one curve a column and one grid for each pair of columns that stands out; every prediction is the sum of what they say, so that it can be read and checked.',
  },
  'glassbox-main': {
    name: 'glassbox-main',
    title: 'Glass box, one curve a column',
    summary:
      'Adds up one curve a column; every prediction is the sum of what each column says, so that it can be read and checked.',
  },
  linear: {
    name: 'linear',
    title: 'Linear model',
    summary: 'Adds up one straight line a number and one value a category.',
  },
  trees: {
    name: 'trees',
    title: 'Boosted trees',
    summary:
      'Adds up hundreds of trees over all columns: a mark for how accurate a model can be here. It cannot be read curve by curve.',
  },
  dummy: {
    name: 'dummy',
    title: 'Baseline without columns',
    summary: 'Knows no column and says the same of every row: what any other model has to beat.',
  },
}

/** The facts of one trainer. */
export function trainerFacts(name: TrainerName): TrainerFacts {
  return facts[name]
}

/** The trainers that a run compares: `xplainable` takes main effects only besides the baseline. */
export function trainersOf(algorithm: 'xgm' | 'xplainable'): readonly TrainerName[] {
  return algorithm === 'xplainable' ? ['glassbox-main', 'dummy'] : trainerNames
}

/** The trainers whose model is a sum of curves that people read and that can be proposed to go one way. */
export function isGlassBox(name: TrainerName): boolean {
  return name === 'glassbox' || name === 'glassbox-main'
}

/** Why a trainer cannot hold a curve to one direction, or null where it can. */
export function monotoneHindrance(name: TrainerName, task: TaskName): string | null {
  if (task === 'multiclass')
    return 'With more than two classes a monotone curve for each class does not make the probabilities monotone.'
  if (name === 'dummy') return 'The baseline knows no column, so there is no curve to hold to a direction.'
  if (name === 'linear')
    return 'The linear model has one straight line a column and takes its direction from the data; the glass box takes directions.'
  return null
}
