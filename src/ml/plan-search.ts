import type { Fold } from './folds.ts'

/** The folds that are measured next, and how many tries go on to them. */
export interface SearchRound {
  /** Positions in the folds. */
  readonly folds: readonly number[]
  readonly tries: number
}

/** What a search may do: counts only, so that the same request always gives the same work. */
export interface SearchPlan {
  readonly rounds: readonly SearchRound[]
  /** Rows that all fits together learn from, where no try is dropped before its turn. */
  readonly rows: number
}

/** What a search is planned from. */
export interface SearchSize {
  readonly tries: number
  readonly folds: readonly Fold[]
  /** Rows that all fits together may learn from. */
  readonly budget: number
}

/** Shares of the tries that go on to the next round, the gentlest first. */
const KEPT = [1, 0.75, 0.5]

/** Fewer tries than this are not halved any more: the best needs another to be told from. */
const FEWEST = 2

/**
 * Plans successive halving (Jamieson and Talwalkar 2016) with the folds as the resource: a first round on two fifths of
 * them, then a fifth at a time. No fit is thrown away, and what is left at the end was measured on all folds. The share
 * that goes on is the gentlest that the budget allows; where even half is too much, fewer tries are made. One try is
 * always made.
 */
export function planSearch({ tries, folds, budget }: SearchSize): SearchPlan {
  const chunks = chunkFolds(folds.length)
  const work = chunks.map((chunk) => chunk.reduce((sum, fold) => sum + (folds[fold]?.train.length ?? 0), 0))
  const planned = (count: number, kept: number): SearchPlan => {
    let left = count
    const rounds = chunks.map((chunk, i): SearchRound => {
      if (i > 0) left = Math.min(left, Math.max(FEWEST, Math.ceil(left * kept)))
      return { folds: chunk, tries: left }
    })
    return { rounds, rows: rounds.reduce((sum, round, i) => sum + round.tries * (work[i] ?? 0), 0) }
  }
  for (const kept of KEPT) {
    const plan = planned(tries, kept)
    if (plan.rows <= budget) return plan
  }
  for (let count = tries - 1; count > 1; count--) {
    const plan = planned(count, KEPT.at(-1) ?? 1)
    if (plan.rows <= budget) return plan
  }
  return planned(1, 1)
}

/** Positions of the folds by round. */
function chunkFolds(folds: number): number[][] {
  const chunks: number[][] = []
  for (let start = 0; start < folds; ) {
    const size = Math.max(1, Math.round((start === 0 ? 0.4 : 0.2) * folds))
    chunks.push(Array.from({ length: Math.min(size, folds - start) }, (_, i) => start + i))
    start += size
  }
  return chunks
}
