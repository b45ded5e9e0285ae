interface Point {
  readonly cost: number
  readonly gain: number
}

/**
 * Stretches of the upper hull of the points and the origin, the steepest first, each with the point where it ends and what it costs
 * and gains beyond the one before; what gains nothing is left out. Points come by rising cost, of equal cost the larger gain first.
 */
export function upperHull<P extends Point>(points: Iterable<P>): { readonly end: P; readonly cost: number; readonly gain: number }[] {
  const hull: P[] = []
  const reached = (place: number): Point => hull.at(place) ?? origin
  for (const point of points) {
    if (point.gain <= reached(-1).gain) continue
    while (hull.length > 0) {
      const [before, last] = [reached(-2), reached(-1)]
      if ((last.gain - before.gain) * (point.cost - before.cost) > (point.gain - before.gain) * (last.cost - before.cost)) break
      hull.pop()
    }
    hull.push(point)
  }
  return hull.map((end, i) => {
    const before = hull[i - 1] ?? origin
    return { end, cost: end.cost - before.cost, gain: end.gain - before.gain }
  })
}

const origin: Point = { cost: 0, gain: 0 }
