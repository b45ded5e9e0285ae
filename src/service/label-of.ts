import { accept, refuse, type Result } from '#core/errors'
import type { CategoryValues, Values } from '#core/ports'
import type { TaskName } from '#core/run-settings'
import type { Target } from '#ml/table'

/** More classes than this are not predicted. */
const mostClasses = 100

export interface LabelWish {
  /** Name of the column. */
  readonly name: string
  readonly task: TaskName
}

/** The target of a task out of the values of its column, or why they do not fit the task. */
export function labelOf(values: Values, { name, task }: LabelWish): Result<Target> {
  if (task === 'regression') return numbersOf(values, name)
  if (values.kind === 'numeric') throw new Error('classes are read as categories')
  return classesOf(values, name, task)
}

function numbersOf(values: Values, name: string): Result<Target> {
  if (values.kind === 'category') {
    const examples = values.levels.slice(0, 3).map((level) => JSON.stringify(level)).join(', ')
    const held = examples === '' ? 'has no value on any row' : `holds values such as ${examples}`
    return refuse('LABEL_UNUSABLE', `"${name}" ${held}, so it cannot be predicted as a number`, { suggestion: 'Choose a column of numbers, or another task.' })
  }
  const first = values.values.find((value) => Number.isFinite(value))
  if (first === undefined) return refuse('LABEL_UNUSABLE', `"${name}" has no value on any row`)
  if (values.values.every((value) => !Number.isFinite(value) || value === first)) return refuse('LABEL_UNUSABLE', `"${name}" holds one value only (${first})`)
  return accept({ task: 'regression', values: values.values })
}

function classesOf({ codes, levels }: CategoryValues, name: string, task: 'binary' | 'multiclass'): Result<Target> {
  const count = levels.length
  const [only] = levels
  if (only === undefined) return refuse('LABEL_UNUSABLE', `"${name}" has no value on any row`)
  if (count === 1) return refuse('LABEL_UNUSABLE', `"${name}" holds one value only (${JSON.stringify(only)})`)
  if (task === 'binary' && count > 2) {
    return refuse('LABEL_UNUSABLE', `"${name}" has ${count.toLocaleString('en-US')} different values, so it cannot be predicted as one of two classes`, { suggestion: 'Choose the task multiclass or regression.' })
  }
  if (task === 'multiclass' && count === 2) return refuse('LABEL_UNUSABLE', `"${name}" has two different values only`, { suggestion: 'Choose the task binary.' })
  if (count > mostClasses) {
    return refuse('LABEL_UNUSABLE', `"${name}" has ${count.toLocaleString('en-US')} different values, and no more than ${mostClasses} classes are predicted`, { suggestion: 'Choose the task regression, or another column.' })
  }
  return accept({ task, codes, classes: levels })
}
