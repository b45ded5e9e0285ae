/** A share as a percentage that never rounds a few to none, or nearly all to all. */
export function percentText(share: number): string {
  const value = share * 100
  if (value > 0 && value < 0.1) return 'under 0.1 %'
  if (value < 100 && value > 99.9) return 'over 99.9 %'
  return `${Number(value.toFixed(1))} %`
}

/** A few names for a sentence: "a", "b" and "c". */
export function listNames(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`)
  if (names.length > most) return `${shown.join(', ')} and ${names.length - most} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
