import type { Answer } from '#core/decision'
import { accept, type Result, refuse } from '#core/errors'
import type { TaskName } from '#core/run-settings'
import { settingsSchema, type TrainingSettings } from './schema.ts'
import { type TrainerName, trainerFacts } from './trainers.ts'

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

/** Which trainer reads a setting; the others would ignore it, so the answer is refused instead. */
const readers: Readonly<Partial<Record<Setting, TrainerName>>> = {
  bags: 'glassbox-main',
  bins: 'glassbox-main',
  leaves: 'glassbox-main',
  learning_rate: 'glassbox-main',
  max_rounds: 'glassbox-main',
  smoothing_rounds: 'glassbox-main',
  scale: 'glassbox-main',
  penalty: 'linear',
}

/** Refuses settings that the chosen trainer or the task would not heed. */
export function checkSettings(
  settings: TrainingSettings,
  trainer: TrainerName,
  task: TaskName,
): Result<TrainingSettings> {
  for (const [setting, reader] of Object.entries(readers)) {
    if (!isGiven(settings, setting) || reader === trainer) continue
    return refused(
      `"${setting}" is a setting of "${trainerFacts(reader).title}"; "${trainerFacts(trainer).title}" does not read it`,
    )
  }
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
