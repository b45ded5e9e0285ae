import { correlationOf } from './correlation.ts'
import { formulaTerms, type NumberColumn, type Term } from './formula-terms.ts'
import { labelScale } from './label-scale.ts'
import { type FormulaRows, type ProvedFormula, proveFormula } from './prove-formula.ts'
import { rankFormulas } from './rank-formulas.ts'

/** A formula that rebuilds the label from other columns. */
export interface Reconstruction {
  readonly proved: ProvedFormula
  readonly parts: readonly NumberColumn[]
}

/** Rows on which formulas are searched; what is found is proved on all. */
const searchRows = 1_500
/** Columns that take part in the search, and formulas that are reported. */
export const mostSearched = 24
const mostFound = 3
/** Parts of a sum that goes on beyond three. */
const mostParts = 6

/**
 * Searches formulas of one to three columns that give a numeric label: sums, differences, products, ratios and weighted
 * sums of these. After one is found its columns are set aside, and the others are searched again.
 */
export function findReconstructions(label: Float64Array, columns: readonly NumberColumn[]): Reconstruction[] {
  let open = mostTelling(label, columns)
  const found: Reconstruction[] = []
  while (found.length < mostFound && open.length > 0) {
    const proved = searchOnce(label, open)
    if (proved === null) break
    const used = new Set(proved.terms.flatMap((term) => term.parts))
    found.push({ proved, parts: open.filter((_, i) => used.has(i)) })
    open = open.filter((_, i) => !used.has(i))
  }
  return found
}

/** Columns with numbers on half of the rows at least, the most correlated first. */
function mostTelling(label: Float64Array, columns: readonly NumberColumn[]): NumberColumn[] {
  const full = columns.filter(({ values }) => values.filter((value) => !Number.isNaN(value)).length >= values.length / 2)
  const weighed = full.map((column) => ({ column, weight: Math.abs(correlationOf(label, column.values).correlation) }))
  return weighed.sort((a, b) => b.weight - a.weight).slice(0, mostSearched).map(({ column }) => column)
}

function searchOnce(label: Float64Array, columns: readonly NumberColumn[]): ProvedFormula | null {
  const all = Int32Array.from(label.keys())
  const complete = all.filter((row) => Number.isFinite(label[row]) && columns.every(({ values }) => Number.isFinite(values[row])))
  const usable = complete.length >= 50 ? complete : all.filter((row) => Number.isFinite(label[row]))
  const sample = Int32Array.from({ length: Math.min(searchRows, usable.length) }, (_, i) => usable[Math.floor((i * usable.length) / Math.min(searchRows, usable.length))] ?? 0)
  const terms = formulaTerms(columns)
  const search: FormulaRows = { label, scale: labelScale(label, sample), places: sample }
  const whole: FormulaRows = { label, scale: labelScale(label, all), places: all }
  if (!(search.scale.spread > 0)) return null
  const proved = rankFormulas(terms, { ...search, singles: columns.length }).flatMap((some) => {
    const one = proveFormula(some, search)
    return one === null ? [] : [one]
  })
  const best = extend(bestOf(proved), terms.slice(0, columns.length), search)
  const needed = best === null ? null : onlyNeeded(best, search)
  return needed === null ? null : proveFormula(needed.terms, whole)
}

const kinds: Readonly<Record<ProvedFormula['kind'], number>> = { exact: 0, rest: 1, near: 2 }

function partCount({ terms }: ProvedFormula): number {
  return new Set(terms.flatMap((term) => term.parts)).size
}

/** What is missing to perfection: rows on which it fails, or the variance that it leaves. */
function gapOf({ kind, share, explained }: ProvedFormula): number {
  return kind === 'near' ? 1 - explained : 1 - share
}

/** The formula of the fewest columns, unless more columns halve what is missing. */
function bestOf(proved: readonly ProvedFormula[]): ProvedFormula | null {
  const ranked = proved.toSorted((a, b) => kinds[a.kind] - kinds[b.kind] || partCount(a) - partCount(b) || gapOf(a) - gapOf(b) || a.terms.length - b.terms.length)
  return ranked.reduce<ProvedFormula | null>((best, one) => {
    if (best === null) return one
    return one.kind === best.kind && gapOf(one) < gapOf(best) / 2 - 1e-4 ? one : best
  }, null)
}

/** Goes on adding columns to a sum as long as each halves what is missing. */
function extend(best: ProvedFormula | null, singles: readonly Term[], rows: FormulaRows): ProvedFormula | null {
  if (best === null || best.terms.some((term) => term.parts.length > 1)) return best
  let grown = best
  while (partCount(grown) < mostParts) {
    const used = new Set(grown.terms)
    const longer = singles.filter((term) => !used.has(term)).flatMap((term) => proveFormula([...grown.terms, term], rows) ?? [])
    const next = bestOf([grown, ...longer.filter((one) => kinds[one.kind] <= kinds[grown.kind])])
    if (next === null || next === grown) break
    grown = next
  }
  return grown
}

/** The formula without terms that it holds as well without. */
function onlyNeeded(best: ProvedFormula, rows: FormulaRows): ProvedFormula {
  for (const term of best.terms) {
    if (best.terms.length === 1) break
    const without = proveFormula(best.terms.filter((other) => other !== term), rows)
    if (without !== null && kinds[without.kind] <= kinds[best.kind] && gapOf(without) <= gapOf(best) * 2 + 1e-4) return onlyNeeded(without, rows)
  }
  return best
}
