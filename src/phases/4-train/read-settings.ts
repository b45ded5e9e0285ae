import type { Answer } from '#core/decision'
import { accept, type Result, refuse } from '#core/errors'
import type { TaskName } from '#core/run-settings'
import { settingsSchema, type TrainingSettings } from './schema.ts'
import { isGlassBox, type TrainerName, trainerFacts } from './trainers.ts'

/** Reads the custom settings of an answer; whatever is not a setting is refused by its name. */
export function readSettings(value: Answer['custom_value']): Result<TrainingSettings> {
  if (value === null || value === undefined) return accept({})
  const read = settingsSchema.safeParse(value)
  if (read.success) return accept(read.data)
  const known = Object.keys(settingsSchema.shape).join(', ')
  const faults = read.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') return `unknown setting ${issue.keys.map((key) => `"${key}"`).join(', ')}`
    const path = issue.path.join('.')
    return path === '' ? issue.message : `${path}: ${issue.message}`
  })
  return refuse(
    'CUSTOM_REFUSED',
    `custom_value takes an object of these settings: ${known}. Received ${faults.join('; ')}.`,
  )
}

type Setting = keyof TrainingSettings

const glassBoxes: readonly TrainerName[] = ['glassbox', 'glassbox-main']
const boosted: readonly TrainerName[] = [...glassBoxes, 'trees']

/** Which trainers read a setting; the others would ignore it, so the answer is refused instead. */
const readers: Readonly<Partial<Record<Setting, readonly TrainerName[]>>> = {
  bags: glassBoxes,
  pairs: ['glassbox'],
  bins: glassBoxes,
  leaves: boosted,
  learning_rate: boosted,
  max_rounds: boosted,
  smoothing_rounds: glassBoxes,
  scale: glassBoxes,
  penalty: ['linear'],
  l1_ratio: ['linear'],
  rows_per_leaf: ['trees'],
  edits: [...glassBoxes, 'linear'],
}

/** Leaves of one tree of a glass box; more make its curves no better. */
const GLASS_BOX_LEAVES = 16

/** Refuses settings that the chosen trainer or the task would not heed. */
export function checkSettings(
  settings: TrainingSettings,
  trainer: TrainerName,
  task: TaskName,
): Result<TrainingSettings> {
  for (const [setting, able] of Object.entries(readers)) {
    if (!isGiven(settings, setting) || able.includes(trainer)) continue
    const titles = able.map((name) => `"${trainerFacts(name).title}"`).join(' and ')
    return refused(`"${setting}" is a setting of ${titles}; "${trainerFacts(trainer).title}" does not read it`)
  }
  if (isGlassBox(trainer) && (settings.leaves ?? 0) > GLASS_BOX_LEAVES)
    return refused(`"leaves" is at most ${GLASS_BOX_LEAVES} for "${trainerFacts(trainer).title}"`)
  if (settings.scale !== undefined && task !== 'regression') return refused('"scale" is for labels that are numbers')
  for (const setting of ['threshold', 'cost']) {
    if (isGiven(settings, setting) && task !== 'binary')
      return refused(`"${setting}" is for labels with two classes, and this task is ${task}`)
  }
  if (settings.calibrate !== undefined && task === 'regression')
    return refused('"calibrate" is for labels that are classes')
  if (settings.threshold !== undefined && settings.cost !== undefined) {
    return refused('"threshold" and "cost" both set the threshold: give one of them')
  }
  return accept(settings)
}

function isGiven(settings: TrainingSettings, setting: string): boolean {
  return Object.entries(settings).some(([name, value]) => name === setting && value !== undefined)
}

function refused(reason: string): Result<TrainingSettings> {
  return refuse('CUSTOM_REFUSED', `${reason}.`)
}
