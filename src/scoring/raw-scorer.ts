import { accept, type Result } from '#core/errors'
import { calibratedProbability } from '#ml/calibration-map'
import type { Value } from '#ml/compiled-model'
import { compileModel } from '#ml/compile-model'
import { predictionOfSums } from '#ml/score-row'
import { rawCells, type RowFault } from './raw-cells.ts'
import { rawFeatures, type RawFeatures } from './raw-features.ts'
import { absentWarnings, rangeWarning, unseenWarning, type FeatureRange, type RowWarning } from './row-warnings.ts'
import type { ScorerDocument } from './scorer-schema.ts'

/** What was said of the row that was scored last; overwritten by the next. */
export interface SaidOfRow {
  /** Scores by output on the scale of the model. */
  readonly scores: number[]
  /** Of the positive class of two. */
  probability: number
  /** Of each class, where there are more than two. */
  probabilities: readonly number[]
  /** In the units of the label, where it is a number. */
  value: number
}

/** Scores raw rows one after another without making anything of its own for a row that is as it should be. */
export interface RawScorer {
  readonly said: SaidOfRow
  /** Names of the parts of the model. */
  readonly names: readonly string[]
  /** Null where the row was scored. */
  score(row: unknown): RowFault | null
  /** What the caller should know of the row that was scored last. */
  warnings(): readonly RowWarning[]
  /** What each part of the model adds to the score of the row that was scored last, by output. */
  parts(): ReadonlyArray<{ readonly name: string; readonly byOutput: readonly number[] }>
}

/** Ranges of the training rows by feature, as far as they are known. */
export type FeatureRanges = ReadonlyMap<string, FeatureRange>

/** Makes a checked document ready to score rows as they come; the answers are those of `openScorer`, to the last bit but for the rounding of trees. */
export function openRawScorer(document: ScorerDocument, ranges: FeatureRanges = new Map()): Result<RawScorer> {
  const { model, calibration } = document
  const raw = rawCells(document.pipeline)
  const compiled = compileModel(model)
  const made = rawFeatures(document, raw, compiled.reads.map(({ feature }) => feature))
  if (!made.ok) return made
  const features = made.value
  const { values } = features
  const checked = rangeChecks(document, { ranges, reads: compiled.reads, features })
  const said: SaidOfRow = { scores: model.intercepts.map(() => 0), probability: 0, probabilities: [], value: 0 }
  const { scores } = said

  function score(row: unknown): RowFault | null {
    const fault = raw.read(row)
    if (fault !== null) return fault
    features.run()
    for (let k = 0; k < scores.length; k++) scores[k] = model.intercepts[k] as number
    compiled.addScores(values, scores)
    if (document.task === 'binary') said.probability = calibratedProbability(calibration, scores[0] as number)
    else sayOf(document, said)
    return null
  }

  function warnings(): readonly RowWarning[] {
    const unseen = compiled.unseen()
    const outside = outsideOf(checked, values)
    if (raw.absent() === 0 && unseen.length === 0 && outside.length === 0) return none
    const absent = raw.absent() === 0 ? none : absentWarnings(raw.columns.filter((_, i) => raw.isAbsent[i] === 1).map(({ name }) => name))
    const unknown = unseen.map((read) => unseenWarning(compiled.reads[read]?.feature ?? '', values[read] ?? null))
    return [...absent, ...unknown, ...outside.map(({ range, place, name, type }) => rangeWarning({ name, type, range }, values[place] as number))]
  }

  function parts() {
    const byPart = compiled.partsOf(values, scores.length)
    return compiled.parts.map(({ name }, i) => ({ name, byOutput: byPart[i] ?? [] }))
  }

  return accept({ said, names: compiled.parts.map(({ name }) => name), score, warnings, parts })
}

const none: readonly RowWarning[] = []

function sayOf({ model }: ScorerDocument, said: SaidOfRow): void {
  const prediction = predictionOfSums(model, [...said.scores])
  if (prediction.task === 'multiclass') said.probabilities = prediction.probabilities
  else if (prediction.task === 'regression') said.value = prediction.value
}

interface RangeCheck {
  readonly place: number
  readonly name: string
  readonly type: ScorerDocument['features'][number]['type']
  readonly range: FeatureRange
}

interface Checkable {
  readonly ranges: FeatureRanges
  readonly reads: ReadonlyArray<{ readonly feature: string; readonly kind: string }>
  readonly features: RawFeatures
}

/** Values that a step learnt to scale are not those that the training table holds, so they are not compared. */
function rangeChecks(document: ScorerDocument, { ranges, reads, features }: Checkable): RangeCheck[] {
  return reads.flatMap(({ feature, kind }, place) => {
    const range = ranges.get(feature)
    const type = document.features.find(({ name }) => name === feature)?.type
    return range === undefined || type === undefined || kind !== 'numeric' || features.rowwise[place] !== true ? [] : [{ place, name: feature, type, range }]
  })
}

const nothing: readonly RangeCheck[] = []

function outsideOf(checks: readonly RangeCheck[], values: readonly Value[]): readonly RangeCheck[] {
  let found: RangeCheck[] | undefined
  for (let i = 0; i < checks.length; i++) {
    const check = checks[i] as RangeCheck
    const value = values[check.place]
    if (typeof value !== 'number' || (value >= check.range.low && value <= check.range.high)) continue
    found ??= []
    found.push(check)
  }
  return found ?? nothing
}
