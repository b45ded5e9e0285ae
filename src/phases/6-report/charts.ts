/** A step of a curve over numbers; null is an open end. */
export interface CurveStep {
  readonly from: number | null
  readonly to: number | null
  /** By output. */
  readonly scores: readonly number[]
  readonly deviation: readonly number[]
  /** Ends of the 95 % band, where the model has one. */
  readonly lower?: readonly number[]
  readonly upper?: readonly number[]
  readonly rows: number
}

/** A value that stands beside the curve: missing or never seen. */
export interface ApartValue {
  readonly name: string
  readonly scores: readonly number[]
  readonly rows: number
}

interface TermBase {
  readonly feature: string
  /** Printed beside the name: importance and share. */
  readonly caption: string
  /** By output: the class, or nothing where there is one output. */
  readonly outputs: readonly string[]
  /** The range of scores that all terms share. */
  readonly range: readonly [number, number]
  readonly apart: readonly ApartValue[]
}

export interface CurveChart extends TermBase {
  readonly kind: 'curve'
  readonly steps: readonly CurveStep[]
  /** The ends of what is drawn. */
  readonly domain: readonly [number, number]
  /** Whether only whole numbers stand on the axis. */
  readonly whole: boolean
  readonly scale: 'linear' | 'log'
  /** Steps with fewer training rows are hatched. */
  readonly fewest: number
}

export interface LineChart extends TermBase {
  readonly kind: 'line'
  readonly domain: readonly [number, number]
  /** Whether only whole numbers stand on the axis. */
  readonly whole: boolean
  /** Scores at both ends of the domain, by output. */
  readonly ends: readonly (readonly [number, number])[]
}

export interface LevelsChart extends TermBase {
  readonly kind: 'levels'
  /** Rows are null where the model does not count them. */
  readonly levels: readonly (Omit<CurveStep, 'from' | 'to' | 'rows'> & { readonly name: string; readonly rows: number | null })[]
  readonly fewest: number
}

/** One side of a grid. */
export interface GridSide {
  readonly feature: string
  /** Missing and unseen values stand apart, at the end; `to` is the upper border of a range of numbers. */
  readonly slots: readonly { readonly name: string; readonly apart: boolean; readonly to: number | null }[]
}

/** Two columns together. */
export interface GridChart {
  readonly kind: 'grid'
  /** The names of both. */
  readonly feature: string
  readonly caption: string
  readonly across: GridSide
  readonly down: GridSide
  /** By slot down and across. */
  readonly cells: readonly (readonly { readonly score: number; readonly rows: number }[])[]
  /** The score that has the full colour, the same in all grids. */
  readonly strongest: number
}

/** What was said against what came true, in rows of similar probability. */
export interface ReliabilityChart {
  readonly kind: 'reliability'
  readonly title: string
  readonly bins: readonly { readonly rows: number; readonly mean: number; readonly rate: number; readonly low: number; readonly high: number }[]
}

/** A curve of rates, both from 0 to 1. */
export interface RateChart {
  readonly kind: 'rate'
  readonly title: string
  readonly x: string
  readonly y: string
  readonly points: readonly (readonly [number, number])[]
  /** Where the model stands at its threshold. */
  readonly at: readonly [number, number] | null
  /** A model that knows nothing: the diagonal, or a level. */
  readonly reference: 'diagonal' | number
}

/** One measure of several candidates with intervals. */
export interface IntervalChart {
  readonly kind: 'intervals'
  readonly title: string
  readonly rows: readonly { readonly name: string; readonly value: number; readonly low: number | null; readonly high: number | null; readonly strong: boolean }[]
}

/** Quantiles of what is left between truth and prediction. */
export interface ResidualChart {
  readonly kind: 'residuals'
  readonly title: string
  readonly quantiles: readonly { readonly share: number; readonly value: number }[]
}

/** Counts over ranges of a number, one series or two on each other. */
export interface BarsChart {
  readonly kind: 'bars'
  readonly title: string
  readonly x: string
  /** What is counted, by series. */
  readonly series: readonly string[]
  /** A null border is open: rows beyond stand at the end. */
  readonly bars: readonly { readonly from: number | null; readonly to: number | null; readonly counts: readonly number[] }[]
}

/** Points of two numbers. */
export interface ScatterChart {
  readonly kind: 'scatter'
  readonly title: string
  readonly x: string
  readonly y: string
  readonly points: readonly (readonly [number, number])[]
  /** The line on which points would lie: y = shift + slope × x. */
  readonly line: { readonly slope: number; readonly shift: number }
  /** Whether both axes have the same range. */
  readonly square: boolean
}

/** Means of groups of rows with their intervals, along a number. */
export interface MeansChart {
  readonly kind: 'means'
  readonly title: string
  readonly x: string
  readonly y: string
  readonly points: readonly { readonly x: number; readonly value: number; readonly low: number; readonly high: number; readonly rows: number }[]
  /** A level to compare with. */
  readonly reference: number
}

export type TermChart = CurveChart | LineChart | LevelsChart
export type Chart = TermChart | GridChart | ReliabilityChart | RateChart | IntervalChart | ResidualChart | BarsChart | ScatterChart | MeansChart
