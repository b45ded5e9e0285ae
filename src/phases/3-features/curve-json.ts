import type { FoldResult } from '#ml/evaluate-fold'
import type { MetricName } from '#ml/metrics'
import { comparePaired } from '#ml/paired-difference'
import { isDistinguishable } from './gain.ts'
import type { CurvePoint } from './gain-curve.ts'
import type { Board } from './measure-board.ts'

/** The mean of a measure over folds; null where it is defined on none. */
export function meanOf(folds: readonly FoldResult[], metric: MetricName): number | null {
  const pairs = folds.flatMap(({ metrics, trainRows, rows }) => (metrics[metric] === undefined ? [] : [{ candidate: metrics[metric], baseline: 0, trainRows, testRows: rows.length }]))
  return pairs.length === 0 ? null : comparePaired(pairs, true).difference
}

/** The curve as the card carries it: what the features gain together, one after another, and the place of its knee. */
export function curveJson({ curve: { points, knee } }: Board) {
  return { knee, points: points.map((point, i) => pointJson(point, i < knee)) }
}

function pointJson({ tested, columns, gain, further }: CurvePoint, recommended: boolean) {
  return {
    name: tested.made.candidate.name,
    columns,
    gain: gain.difference,
    interval: gain.folds < 2 ? null : [gain.low, gain.high],
    further: further.difference,
    further_interval: further.folds < 2 ? null : [further.low, further.high],
    distinguishable: isDistinguishable(further),
    recommended,
  }
}
