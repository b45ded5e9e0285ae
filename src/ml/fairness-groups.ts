import {
  differenceOfSamples,
  estimateSample,
  type GroupMeasureName,
  type GroupSamples,
  type JudgedRows,
  ratioOfSamples,
  sampleGroup,
} from './group-measures.ts'
import type { Estimate } from './mean-interval.ts'
import type { Task } from './table.ts'

/** Rows apart by group: a code by row into `names`, -1 where the group is not known. */
export interface FairnessInput extends JudgedRows {
  readonly groups: { readonly codes: Int32Array; readonly names: readonly string[] }
  /** Code of the group that the others are held against; without it the one with most rows. */
  readonly reference?: number | undefined
  /** Groups of fewer rows are not measured; 30 where it is not given. */
  readonly fewestRows?: number | undefined
}

/** One group. Without measures where it has too few rows. */
export interface FairnessGroup {
  /** -1 where the group is not known. */
  readonly code: number
  /** Null where the group is not known. */
  readonly name: string | null
  readonly rows: number
  readonly verdict: 'measured' | 'too few'
  /** With 95 % intervals; null where no row is of the kind that the measure is taken of. */
  readonly measures: Partial<Record<GroupMeasureName, Estimate | null>>
  /** Each measure less that of the reference; empty for the reference itself. */
  readonly differences: Partial<Record<GroupMeasureName, Estimate | null>>
  /** The compared measure as a multiple of the reference's; null where that cannot be formed. */
  readonly ratio: Estimate | null
  /** The four-fifths rule (29 CFR 1607.4 D) on the ratio of selection rates: below 0.8, or above its inverse. */
  readonly fourFifths: 'within' | 'below' | 'above' | null
  /** Whether the intervals of the compared measure lie apart from the reference's: more than chance. */
  readonly apart: boolean
}

/** How far the measured groups are apart, in the words of the field (as fairlearn has them). */
export interface Parity {
  /** Of selection rates: largest less smallest, and smallest over largest. */
  readonly demographicParity: Gap
  /** Of true positive rates. */
  readonly equalOpportunity: Gap
  /** Of true and of false positive rates: the larger difference and the smaller ratio of the two. */
  readonly equalisedOdds: Gap
  /** Of positive predictive values. */
  readonly predictiveParity: Gap
}

/** Null where fewer than two groups have the measure; the ratio also where the largest is 0. */
export interface Gap {
  readonly difference: number | null
  readonly ratio: number | null
}

/** The groups of one column, the largest first. */
export interface FairnessReport {
  readonly reference: number
  readonly compared: GroupMeasureName
  readonly groups: FairnessGroup[]
  /** Of two classes only. */
  readonly parity: Parity | null
}

/** Groups of fewer rows say nothing. */
export const FEWEST_GROUP_ROWS = 30

const FOUR_FIFTHS = 0.8

const COMPARED: Readonly<Record<Task, GroupMeasureName>> = {
  binary: 'selectionRate',
  multiclass: 'accuracy',
  regression: 'meanError',
}

/** Judges a prediction group by group and holds every group against a reference. */
export function compareGroups(input: FairnessInput): FairnessReport {
  const fewest = input.fewestRows ?? FEWEST_GROUP_ROWS
  const members = membersOf(input.groups.codes)
  const [largest] = members
  const reference = input.reference ?? largest?.code ?? -1
  const compared = COMPARED[input.target.task]
  const sampled = members.map(({ code, rows }) => ({
    code,
    name: code < 0 ? null : (input.groups.names[code] ?? ''),
    rows: rows.length,
    samples: rows.length < fewest ? null : sampleGroup(rows, input),
  }))
  const base = sampled.find(({ code }) => code === reference)?.samples ?? null
  const groups = sampled.map((group) => compareGroup(group, { base, compared, reference }))
  return { reference, compared, groups, parity: input.target.task === 'binary' ? parityOf(groups) : null }
}

interface Members {
  readonly code: number
  readonly rows: Int32Array
}

/** The rows of each group, the largest first; of equals in the order of their codes, the unknown last. */
function membersOf(codes: Int32Array): Members[] {
  const rowsOf = new Map<number, number[]>()
  for (let row = 0; row < codes.length; row++) {
    const code = Math.max(-1, codes[row] as number)
    const rows = rowsOf.get(code)
    if (rows === undefined) rowsOf.set(code, [row])
    else rows.push(row)
  }
  const place = (code: number): number => (code < 0 ? Number.MAX_SAFE_INTEGER : code)
  return [...rowsOf]
    .map(([code, rows]) => ({ code, rows: Int32Array.from(rows) }))
    .sort((a, b) => b.rows.length - a.rows.length || place(a.code) - place(b.code))
}

interface Sampled {
  readonly code: number
  readonly name: string | null
  readonly rows: number
  readonly samples: GroupSamples | null
}

interface Against {
  readonly base: GroupSamples | null
  readonly compared: GroupMeasureName
  readonly reference: number
}

function compareGroup({ code, name, rows, samples }: Sampled, { base, compared, reference }: Against): FairnessGroup {
  const told = { code, name, rows, differences: {}, ratio: null, fourFifths: null, apart: false }
  if (samples === null) return { ...told, verdict: 'too few', measures: {} }
  const measures = mapSamples(samples, estimateSample)
  const measured = { ...told, verdict: 'measured' as const, measures }
  if (base === null || code === reference) return measured
  const [own, other] = [samples[compared], base[compared]]
  if (own === undefined || other === undefined) return measured
  const ratio = ratioOfSamples(own, other)
  const [mine, theirs] = [estimateSample(own), estimateSample(other)]
  return {
    ...measured,
    differences: mapSamples(samples, (sample, measure) => {
      const baseSample = base[measure]
      return baseSample === undefined ? null : differenceOfSamples(sample, baseSample)
    }),
    ratio,
    fourFifths: compared === 'selectionRate' && ratio !== null ? lineOf(ratio.value) : null,
    apart: mine !== null && theirs !== null && (mine.high < theirs.low || mine.low > theirs.high),
  }
}

function mapSamples(
  samples: GroupSamples,
  estimate: (sample: NonNullable<GroupSamples[GroupMeasureName]>, measure: GroupMeasureName) => Estimate | null,
): Partial<Record<GroupMeasureName, Estimate | null>> {
  const found: Partial<Record<GroupMeasureName, Estimate | null>> = {}
  // The keys of a record by measure are measures.
  for (const measure of Object.keys(samples) as GroupMeasureName[]) {
    const sample = samples[measure]
    if (sample !== undefined) found[measure] = estimate(sample, measure)
  }
  return found
}

function lineOf(ratio: number): FairnessGroup['fourFifths'] {
  return ratio < FOUR_FIFTHS ? 'below' : ratio > 1 / FOUR_FIFTHS ? 'above' : 'within'
}

function parityOf(groups: readonly FairnessGroup[]): Parity {
  const gap = (measure: GroupMeasureName): Gap => gapOf(groups.flatMap(({ measures }) => measures[measure]?.value ?? []))
  const [caught, alarmed] = [gap('truePositiveRate'), gap('falsePositiveRate')]
  return {
    demographicParity: gap('selectionRate'),
    equalOpportunity: caught,
    equalisedOdds: {
      difference: both(caught.difference, alarmed.difference, Math.max),
      ratio: both(caught.ratio, alarmed.ratio, Math.min),
    },
    predictiveParity: gap('positivePredictiveValue'),
  }
}

function gapOf(values: readonly number[]): Gap {
  if (values.length < 2) return { difference: null, ratio: null }
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return { difference: most - least, ratio: most === 0 ? null : least / most }
}

function both(one: number | null, other: number | null, pick: (a: number, b: number) => number): number | null {
  return one === null || other === null ? null : pick(one, other)
}
