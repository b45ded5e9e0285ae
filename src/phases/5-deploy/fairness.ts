import { compareGroups, type FairnessGroup } from '#ml/fairness-groups'
import type { Estimate } from '#ml/mean-interval'
import type { GroupColumn } from './group-columns.ts'
import type { SealedRows } from './sealed-rows.ts'

/** How the model does in one group. The measures are null where no row is of their kind, and absent in a group that is too small. */
export interface ComparedGroup {
  readonly group: string
  readonly rows: number
  readonly verdict: 'measured' | 'too few'
  readonly measures: Readonly<Record<string, Estimate | null>>
  /** Of the compared measure, this group's to the largest group's; null where it cannot be formed. */
  readonly ratio: number | null
  /** The four-fifths line: a ratio below 0.8, or above its inverse. Of two classes only. */
  readonly four_fifths: 'within' | 'below' | 'above' | null
  /** Whether the intervals of the compared measure lie apart, so that the difference is more than chance. */
  readonly apart: boolean
  /** 95 % interval of the ratio; absent where it cannot be formed. */
  readonly ratio_interval?: readonly [number, number]
  /** What was said less what came true, of classes; absent in a group that is too small. */
  readonly calibration_gap?: Estimate
  /** Each measure less the largest group's; absent in the largest and in a group that is too small. */
  readonly differences?: Readonly<Record<string, Estimate | null>>
}

export interface ColumnFairness {
  readonly column: string
  /** Whether the model reads the column. */
  readonly input: boolean
  readonly largest: string
  readonly compared: string
  readonly groups: readonly ComparedGroup[]
}

/** Looks at the sealed rows apart by each column; the largest group is what the others are held against. */
export function judgeFairness(sealed: SealedRows, columns: readonly GroupColumn[], threshold: number): ColumnFairness[] {
  return columns.map(({ name: column, input, values }) => {
    const groups = { codes: values.codes, names: values.levels }
    const { reference, compared, groups: found } = compareGroups({ ...sealed, threshold, groups })
    const [largest] = found
    return {
      column,
      input,
      largest: largest === undefined ? '' : groupName(largest),
      compared: snakeName(compared),
      groups: found.map((group) => comparedGroup(group, group.code === reference)),
    }
  })
}

function groupName({ name }: FairnessGroup): string {
  return name ?? '(missing)'
}

function comparedGroup(group: FairnessGroup, largest: boolean): ComparedGroup {
  const { rows, verdict, ratio, fourFifths, apart } = group
  const { calibrationGap, ...measures } = group.measures
  return {
    group: groupName(group),
    rows,
    verdict,
    measures: snakeNames(measures),
    ratio: largest && verdict === 'measured' ? 1 : (ratio?.value ?? null),
    four_fifths: fourFifths,
    apart,
    ...(ratio === null ? {} : { ratio_interval: [ratio.low, ratio.high] as const }),
    ...(calibrationGap === undefined || calibrationGap === null ? {} : { calibration_gap: calibrationGap }),
    ...(largest || verdict === 'too few' ? {} : { differences: snakeNames(group.differences) }),
  }
}

function snakeNames(measures: Readonly<Record<string, Estimate | null>>): Record<string, Estimate | null> {
  return Object.fromEntries(Object.entries(measures).map(([measure, found]) => [snakeName(measure), found]))
}

/** Stored names are in snake case. */
function snakeName(measure: string): string {
  return measure.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
}
