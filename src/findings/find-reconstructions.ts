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

/** Awaited between bounded pieces of work; rejects where the work is cancelled. */
export type Pause = () => Promise<void>

/** Rows on which formulas are searched; what is found is proved on all. */
const searchRows = 1_500
/** Columns that take part in the search, and formulas that are reported. */
export const mostSearched = 24
const mostFound = 3
/** Parts of a sum that goes on beyond three. */
const mostParts = 6

/**
 * Searches formulas of one to three columns that give a numeric label: sums, differences, products, ratios and weighted
 * sums of these. After one is found its columns are set aside, and the others are searched again. It pauses between the
 * formulas that it proves, which is where a search ends that is cancelled.
 */
export async function findReconstructions(label: Float64Array, columns: readonly NumberColumn[], pause: Pause): Promise<Reconstruction[]> {
  let open = await mostTelling(label, columns, pause)
  const found: Reconstruction[] = []
  while (found.length < mostFound && open.length > 0) {
    const proved = await searchOnce(label, open, pause)
    if (proved === null) break
    const used = new Set(proved.terms.flatMap((term) => term.parts))
    found.push({ proved, parts: open.filter((_, i) => used.has(i)) })
    open = open.filter((_, i) => !used.has(i))
  }
  return found
}

/** Columns with numbers on half of the rows at least, the most correlated first. */
async function mostTelling(label: Float64Array, columns: readonly NumberColumn[], pause: Pause): Promise<NumberColumn[]> {
  const weighed: { readonly column: NumberColumn; readonly weight: number }[] = []
  for (const column of columns) {
    await pause()
    if (column.values.filter((value) => !Number.isNaN(value)).length < column.values.length / 2) continue
    weighed.push({ column, weight: Math.abs(correlationOf(label, column.values).correlation) })
  }
  return weighed.sort((a, b) => b.weight - a.weight).slice(0, mostSearched).map(({ column }) => column)
}

async function searchOnce(label: Float64Array, columns: readonly NumberColumn[], pause: Pause): Promise<ProvedFormula | null> {
  const all = Int32Array.from(label.keys())
  const complete = all.filter((row) => Number.isFinite(label[row]) && columns.every(({ values }) => Number.isFinite(values[row])))
  const usable = complete.length >= 50 ? complete : all.filter((row) => Number.isFinite(label[row]))
  const sample = Int32Array.from({ length: Math.min(searchRows, usable.length) }, (_, i) => usable[Math.floor((i * usable.length) / Math.min(searchRows, usable.length))] ?? 0)
  const terms = formulaTerms(columns)
  const search: FormulaRows = { label, scale: labelScale(label, sample), places: sample }
  const whole: FormulaRows = { label, scale: labelScale(label, all), places: all }
  if (!(search.scale.spread > 0)) return null
  await pause()
  const proved = await proveEach(rankFormulas(terms, { ...search, singles: columns.length }), search, pause)
  const best = await extend(bestOf(proved), { singles: terms.slice(0, columns.length), rows: search }, pause)
  const needed = best === null ? null : onlyNeeded(best, search)
  await pause()
  return needed === null ? null : proveFormula(needed.terms, whole)
}

async function proveEach(formulas: readonly (readonly Term[])[], rows: FormulaRows, pause: Pause): Promise<ProvedFormula[]> {
  const proved: ProvedFormula[] = []
  for (const terms of formulas) {
    await pause()
    const one = proveFormula(terms, rows)
    if (one !== null) proved.push(one)
  }
  return proved
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
async function extend(best: ProvedFormula | null, { singles, rows }: { readonly singles: readonly Term[]; readonly rows: FormulaRows }, pause: Pause): Promise<ProvedFormula | null> {
  if (best === null || best.terms.some((term) => term.parts.length > 1)) return best
  let grown = best
  while (partCount(grown) < mostParts) {
    const used = new Set(grown.terms)
    const { terms } = grown
    const longer = await proveEach(singles.filter((term) => !used.has(term)).map((term) => [...terms, term]), rows, pause)
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
