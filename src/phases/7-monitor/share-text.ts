/** A share as a percentage of two significant digits. */
export function shareText(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`
}

const z = 1.959963984540054

/** Interval of a share that holds it in 95 of 100 cases (Wilson's). */
export function shareInterval(hits: number, tries: number): [number, number] {
  if (tries === 0) return [0, 1]
  const share = hits / tries
  const weight = 1 + (z * z) / tries
  const centre = (share + (z * z) / (2 * tries)) / weight
  const reach = (z / weight) * Math.sqrt((share * (1 - share)) / tries + (z * z) / (4 * tries * tries))
  return [hits === 0 ? 0 : centre - reach, hits === tries ? 1 : centre + reach]
}
