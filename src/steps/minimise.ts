/** A function of one number to be made small; one evaluation may be a query. */
export type Objective = (x: number) => Promise<number>

const golden = 0.5 * (3 - Math.sqrt(5))

interface Point {
  readonly x: number
  readonly f: number
}

/** What Brent's method knows: the best point, the two before it, the ends, and its last two steps. */
interface Search {
  best: Point
  second: Point
  third: Point
  low: number
  high: number
  step: number
  stepBefore: number
}

/** Where a function is least between two ends (R. P. Brent 1973, "localmin"; as MATLAB's fminbnd sets tolerances). */
export async function minimiseBetween(objective: Objective, { low, high, tolerance }: { low: number; high: number; tolerance: number }): Promise<number> {
  const root = Math.sqrt(2.2e-16)
  const x = low + golden * (high - low)
  const start = { x, f: await objective(x) }
  const search: Search = { best: start, second: start, third: start, low, high, step: 0, stepBefore: 0 }
  for (let i = 1; i < 500; i++) {
    const middle = 0.5 * (search.low + search.high)
    const near = root * Math.abs(search.best.x) + tolerance / 3
    if (Math.abs(search.best.x - middle) <= 2 * near - 0.5 * (search.high - search.low)) break
    const leap = parabola(search, near, middle) ?? section(search, middle)
    const direction = leap >= 0 ? 1 : -1
    const at = search.best.x + direction * Math.max(Math.abs(leap), near)
    record(search, { x: at, f: await objective(at) })
  }
  return search.best.x
}

/** Where a function is least near a bracket of two points that need not hold the minimum (Brent; brackets as Numerical Recipes, 10.1). */
export async function minimiseFrom(objective: Objective, { first, second, tolerance }: { first: number; second: number; tolerance: number }): Promise<number> {
  const [a, b, c] = await bracket(objective, first, second)
  const start = { x: b.x, f: b.f }
  const search: Search = { best: start, second: start, third: start, low: Math.min(a.x, c.x), high: Math.max(a.x, c.x), step: 0, stepBefore: 0 }
  for (let i = 0; i < 500; i++) {
    const near = tolerance * Math.abs(search.best.x) + 1e-11
    const middle = 0.5 * (search.low + search.high)
    if (Math.abs(search.best.x - middle) < 2 * near - 0.5 * (search.high - search.low)) break
    const leap = Math.abs(search.stepBefore) <= near ? section(search, middle) : (parabola(search, near, middle) ?? section(search, middle))
    const at = Math.abs(leap) < near ? search.best.x + (leap >= 0 ? near : -near) : search.best.x + leap
    record(search, { x: at, f: await objective(at) })
  }
  return search.best.x
}

/** A step to the lowest point of the parabola through the three points, where it is to be trusted. */
function parabola(search: Search, near: number, middle: number): number | null {
  const { best, second, third, low, high, stepBefore } = search
  if (Math.abs(stepBefore) <= near) return null
  const r = (best.x - second.x) * (best.f - third.f)
  const q = (best.x - third.x) * (best.f - second.f)
  const turn = 2 * (q - r)
  const rise = (best.x - third.x) * q - (best.x - second.x) * r
  const p = turn > 0 ? -rise : rise
  const size = Math.abs(turn)
  const isTrusted = Math.abs(p) < Math.abs(0.5 * size * stepBefore) && p > size * (low - best.x) && p < size * (high - best.x)
  search.stepBefore = search.step
  if (!isTrusted) return null
  const step = p / size
  search.step = step
  const at = best.x + step
  if (at - low >= 2 * near && high - at >= 2 * near) return step
  search.step = middle >= best.x ? near : -near
  return search.step
}

function section(search: Search, middle: number): number {
  search.stepBefore = search.best.x >= middle ? search.low - search.best.x : search.high - search.best.x
  search.step = golden * search.stepBefore
  return search.step
}

function record(search: Search, found: Point): void {
  const { best, second, third } = search
  if (found.f <= best.f) {
    if (found.x >= best.x) search.low = best.x
    else search.high = best.x
    Object.assign(search, { third: second, second: best, best: found })
    return
  }
  if (found.x < best.x) search.low = found.x
  else search.high = found.x
  if (found.f <= second.f || second.x === best.x) Object.assign(search, { third: second, second: found })
  else if (found.f <= third.f || third.x === best.x || third.x === second.x) search.third = found
}

/** Three points of which the middle one is lowest, by steps that grow. */
async function bracket(objective: Objective, first: number, second: number): Promise<[Point, Point, Point]> {
  const at = async (x: number): Promise<Point> => ({ x, f: await objective(x) })
  let [a, b] = [await at(first), await at(second)]
  if (a.f < b.f) [a, b] = [b, a]
  let c = await at(b.x + 1.618034 * (b.x - a.x))
  for (let i = 0; c.f < b.f && i < 1000; i++) {
    const r = (b.x - a.x) * (b.f - c.f)
    const q = (b.x - c.x) * (b.f - a.f)
    const size = Math.abs(q - r) < 1e-21 ? 1e-21 : q - r
    const u = b.x - ((b.x - c.x) * q - (b.x - a.x) * r) / (2 * size)
    const limit = b.x + 110 * (c.x - b.x)
    if ((u - c.x) * (b.x - u) > 0) {
      const between = await at(u)
      if (between.f < c.f) return [b, between, c]
      if (between.f > b.f) return [a, b, between]
      ;[a, b, c] = [b, c, await at(c.x + 1.618034 * (c.x - b.x))]
    } else {
      const far = (u - limit) * (limit - c.x) >= 0 ? limit : (u - limit) * (c.x - u) > 0 ? u : c.x + 1.618034 * (c.x - b.x)
      ;[a, b, c] = [b, c, await at(far)]
    }
  }
  return [a, b, c]
}
