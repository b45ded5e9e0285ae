import type { CheckMonitorAnswer } from '#sdk/client'
import type { HistogramBin } from '#studio/components/plots/histogram.tsx'
import type { LevelBar } from '#studio/components/plots/level-bars.tsx'
import { plain } from '#studio/lib/numbers.ts'

type Bin = CheckMonitorAnswer['columns'][number]['bins'][number]

/** The ranges of a number then and now; open ends get the width of their neighbour. */
export function rangesOf(bins: readonly Bin[]): { readonly reference: HistogramBin[]; readonly current: HistogramBin[] } | null {
  const ranges = bins.filter(({ kind }) => kind === 'range')
  if (ranges.length < 2) return null
  const edges = ranges.flatMap(({ from, to }) => [from, to]).filter((edge) => edge !== null)
  const [least, most] = [Math.min(...edges), Math.max(...edges)]
  const widths = ranges.flatMap(({ from, to }) => (from === null || to === null ? [] : [to - from]))
  const usual = widths.length === 0 ? Math.max(1, Math.abs(most)) : (widths.toSorted((left, right) => left - right)[Math.floor(widths.length / 2)] ?? 1)
  const closed = (bin: Bin) => ({ from: bin.from ?? least - usual, to: bin.to ?? most + usual })
  return {
    reference: ranges.map((bin) => ({ ...closed(bin), rows: bin.reference_rows })),
    current: ranges.map((bin) => ({ ...closed(bin), rows: bin.rows })),
  }
}

/** The other bins as levels: what is missing, each level, and the rest. */
export function levelsOf(bins: readonly Bin[]): LevelBar[] {
  const all = bins.reduce((sum, { reference_rows }) => sum + reference_rows, 0)
  const ranges = bins.filter(({ kind }) => kind === 'range').length >= 2
  return bins
    .filter((bin) => !(ranges && bin.kind === 'range') && (bin.rows > 0 || bin.reference_rows > 0))
    .map((bin) => ({ level: nameOf(bin), rows: bin.rows, reference: all === 0 ? 0 : bin.reference_rows / all }))
}

function nameOf({ kind, level, from, to }: Bin): string {
  if (kind === 'missing') return 'missing'
  if (kind === 'level') return level ?? ''
  if (kind === 'rare_levels') return 'rare levels'
  if (kind === 'other_levels') return 'not seen in training'
  return from === null ? `up to ${plain(to ?? 0)}` : to === null ? `above ${plain(from)}` : `${plain(from)} to ${plain(to)}`
}
