import { accept, refuse, type Result } from '#core/errors'
import type { TaskName } from '#core/run-settings'
import { mostClasses } from './column-facts.ts'
import { positiveClass } from './positive-class.ts'
import type { ColumnFacts } from './schema.ts'

/** Fewer labelled rows than this cannot be split and measured. */
export const fewestLabelledRows = 10

/** How a column would be predicted. */
export interface TargetPlan {
  readonly task: TaskName
  readonly classes: readonly string[] | null
  readonly positive: string | null
  /** Why this task, and why this positive class, in sentences. */
  readonly reasons: readonly string[]
}

export interface TargetRequest {
  readonly facts: ColumnFacts
  readonly rows: number
  /** The task asked for; 'classification' leaves the number of classes to the data. */
  readonly task: TaskName | 'classification' | null
  readonly positive: string | null
}

/** Settles task and positive class of a column, or refuses it with the reason. */
export function planTarget(request: TargetRequest): Result<TargetPlan> {
  const { facts, rows } = request
  const labelled = rows - facts.missing
  const named = `"${facts.name}"`
  if (facts.type === 'date' || facts.type === 'timestamp') return refuse('LABEL_UNUSABLE', `${named} holds dates, which cannot be predicted yet.`)
  if (labelled === 0) return refuse('LABEL_UNUSABLE', `${named} has no value on any of the ${rows} rows.`)
  if (labelled < fewestLabelledRows) return refuse('TOO_FEW_ROWS', `${named} has a value on ${labelled === 1 ? 'only 1 row' : `only ${labelled} rows`}; at least ${fewestLabelledRows} are needed.`)
  if (facts.distinct < 2) return refuse('LABEL_UNUSABLE', `${named} holds one value only (${JSON.stringify(facts.classes?.[0]?.value ?? '')}) on all ${labelled} rows that have one.`)
  const inferred = inferTask(facts)
  const task = request.task === 'classification' ? (facts.distinct === 2 ? 'binary' : 'multiclass') : (request.task ?? inferred.task)
  return task === 'regression' ? regressionPlan(request, inferred) : classPlan(request, { task, reason: task === inferred.task ? inferred.reason : 'The task was asked for.' })
}

interface Inferred {
  readonly task: TaskName
  readonly reason: string
}

function inferTask(facts: ColumnFacts): Inferred {
  if (facts.distinct === 2) return { task: 'binary', reason: 'It has two different values.' }
  if (facts.type === 'text') return { task: 'multiclass', reason: `It has ${facts.distinct} different texts.` }
  if (areCodes(facts)) return { task: 'multiclass', reason: `It has only ${facts.distinct} different whole numbers, from ${facts.min} to ${facts.max} without a gap, which look like codes; give the task regression to predict the number.` }
  return { task: 'regression', reason: `It has ${facts.distinct.toLocaleString('en-US')} different numbers.` }
}

/** Few whole numbers that count from 0 or 1 without a gap, each on several rows. */
function areCodes(facts: ColumnFacts): boolean {
  const { classes, min, max } = facts
  if (!facts.whole || classes === null || min === null || max === null) return false
  return facts.distinct <= 10 && (min === 0 || min === 1) && max - min + 1 === facts.distinct && classes.every(({ rows }) => rows >= 5)
}

function regressionPlan({ facts, positive }: TargetRequest, inferred: Inferred): Result<TargetPlan> {
  if (facts.type !== 'number' && facts.type !== 'integer') return refuse('LABEL_UNUSABLE', `"${facts.name}" holds ${facts.type === 'boolean' ? 'true and false' : 'text'}, so it cannot be predicted as a number.`)
  if (positive !== null) return refuse('LABEL_UNUSABLE', `"${facts.name}" is predicted as a number, which has no positive class.`)
  return accept({ task: 'regression', classes: null, positive: null, reasons: [inferred.task === 'regression' ? inferred.reason : 'The task was asked for.'] })
}

function classPlan({ facts, positive }: TargetRequest, { task, reason }: { task: 'binary' | 'multiclass'; reason: string }): Result<TargetPlan> {
  const named = `"${facts.name}"`
  const { classes } = facts
  if (facts.distinct > mostClasses || classes === null) return refuse('LABEL_UNUSABLE', `${named} has ${facts.distinct.toLocaleString('en-US')} different values; more than ${mostClasses} classes are not offered.`)
  if (task === 'binary' && facts.distinct !== 2) return refuse('LABEL_UNUSABLE', `${named} has ${facts.distinct} different values, so it cannot be predicted as one of two classes.`)
  if (task === 'multiclass' && facts.distinct === 2) return refuse('LABEL_UNUSABLE', `${named} has two different values only; predict it as binary.`)
  const repeated = classes.filter(({ rows }) => rows >= 2)
  if (repeated.length < 2) return refuse('LABEL_UNUSABLE', `${named} has ${repeated.length === 1 ? 'only one value' : 'no value'} that occurs on two rows or more, so its classes cannot be learnt and tested.`)
  if (task === 'multiclass') {
    if (positive !== null) return refuse('LABEL_UNUSABLE', `${named} has ${facts.distinct} classes; only one of two classes can be the positive one.`)
    return accept({ task, classes: classes.map(({ value }) => value), positive: null, reasons: [reason] })
  }
  const chosen = positiveClass(classes, positive)
  if (chosen === null) return refuse('LABEL_UNUSABLE', `The positive class ${JSON.stringify(positive)} is no value of ${named}, which holds ${classes.map(({ value }) => JSON.stringify(value)).join(' and ')}.`)
  const negative = classes.find(({ value }) => value !== chosen.value)?.value ?? ''
  return accept({ task, classes: [negative, chosen.value], positive: chosen.value, reasons: [reason, chosen.reason] })
}
