import type { LeafSums } from './tree-job.ts'

/** What a split must respect, in fixed-point units. */
export interface SplitLimits {
  /** Least hessian of a child. */
  readonly least: number
  /** Most hessian of a child: that of the leaf less the least one. */
  readonly most: number
  readonly penalty: number
  /** Hessians by row of the leaf: rows of a part of it are estimated from its hessian, as LightGBM does. */
  readonly hessianPerRow: number
}

/** Twice what a leaf takes off the loss at its best value: G² / (H + lambda). */
export function leafGain(gradient: number, hessian: number, penalty: number): number {
  return (gradient * gradient) / (hessian + penalty)
}

/** Best value of a leaf within bounds: -G / (H + lambda); 0 where rows are so sure that no hessian is left. */
export function leafValue(gradient: number, hessian: number, bounds: LeafBounds): number {
  const whole = hessian + bounds.penalty
  const free = whole > 0 ? -gradient / whole : 0
  return Math.min(bounds.upper, Math.max(bounds.lower, free))
}

/** Bounds and penalty of a value. */
export interface LeafBounds {
  readonly lower: number
  readonly upper: number
  readonly penalty: number
}

/** Sums of a left child, and the direction in which its feature may go. */
export interface ConstrainedSplit {
  readonly gradient: number
  readonly hessian: number
  readonly penalty: number
  readonly direction: number
}

/**
 * Gain of a split whose values keep to the bounds of their leaf and to the direction of the feature; minus infinity
 * where they would go the other way (LightGBM's basic method).
 */
export function constrainedGain(leaf: LeafSums, { gradient, hessian, penalty, direction }: ConstrainedSplit): number {
  const bounds = { lower: leaf.lower, upper: leaf.upper, penalty }
  const otherGradient = leaf.gradient - gradient
  const otherHessian = leaf.hessian - hessian
  const left = leafValue(gradient, hessian, bounds)
  const right = leafValue(otherGradient, otherHessian, bounds)
  if (direction * (right - left) < 0) return Number.NEGATIVE_INFINITY
  return gainOfValue(gradient, hessian + penalty, left) + gainOfValue(otherGradient, otherHessian + penalty, right)
}

/** Twice what a leaf takes off the loss at a given value; `hessian` with the penalty. */
export function gainOfValue(gradient: number, hessian: number, value: number): number {
  return -(2 * gradient + hessian * value) * value
}
