/** Numbers at equal distances from `start` to `end`, rounded as numpy does. */
export function linspace(start: number, end: number, count: number): number[] {
  if (count < 2) return count === 1 ? [start] : []
  const step = (end - start) / (count - 1)
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? end : i * step + start))
}
