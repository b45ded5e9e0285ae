import { logFactorial } from './log-factorial.ts'
import { log } from './logarithm.ts'
import type { Random } from './random.ts'

/** An urn: how many of its balls count, and how many are drawn from it without putting back. */
export interface Urn {
  readonly counting: number
  readonly others: number
  readonly drawn: number
}

/** Up to this many draws are made one by one. */
const FEW = 10

/** How many of the drawn balls count. */
export function drawHypergeometric({ counting, others, drawn }: Urn, random: Random): number {
  if (counting === 0 || drawn === 0) return 0
  if (others === 0) return drawn
  const total = counting + others
  const rest = Math.min(drawn, total - drawn)
  const rarer = Math.min(counting, others)
  const hits = rest <= FEW ? drawOneByOne(rarer, total, { drawn: rest, random }) : drawByRatio(rarer, total, { drawn: rest, random })
  const ofCounting = counting <= others ? hits : rest - hits
  return rest === drawn ? ofCounting : counting - ofCounting
}

interface Drawing {
  readonly drawn: number
  readonly random: Random
}

function drawOneByOne(rarer: number, total: number, { drawn, random }: Drawing): number {
  let left = rarer
  for (let i = 0; i < drawn && left > 0; i++) if (random.below(total - i) < left) left--
  return rarer - left
}

/** Width and offset of the table-mountain hat of the ratio of uniforms: sqrt(8/e) and 3 - 2 sqrt(3/e). */
const WIDTH = Math.sqrt(8 / Math.E)
const OFFSET = 3 - 2 * Math.sqrt(3 / Math.E)

/**
 * Ratio of uniforms with a hat over the whole distribution (E. Stadlober, The ratio of uniforms approach for generating
 * discrete random variates, J. Comput. Appl. Math. 31, 1990). `drawn` is at most half of the urn, `rarer` too.
 */
function drawByRatio(rarer: number, total: number, { drawn, random }: Drawing): number {
  const commoner = total - rarer
  const share = rarer / total
  const variance = ((total - drawn) * drawn * share * (1 - share)) / (total - 1)
  const spread = Math.sqrt(variance + 0.5)
  const scale = WIDTH * spread + OFFSET
  const centre = drawn * share + 0.5
  const mode = Math.floor(((drawn + 1) * (rarer + 1)) / (total + 2))
  const logMass = (k: number): number =>
    logFactorial(k) + logFactorial(rarer - k) + logFactorial(drawn - k) + logFactorial(commoner - drawn + k)
  const peak = logMass(mode)
  const limit = Math.min(Math.min(drawn, rarer) + 1, Math.floor(centre + 16 * spread))
  for (;;) {
    const u = random.next()
    const x = centre + (scale * (random.next() - 0.5)) / u
    if (!(x >= 0 && x < limit)) continue
    const k = Math.floor(x)
    const t = peak - logMass(k)
    if (u * (4 - u) - 3 <= t) return k
    if (u * (u - t) >= 1) continue
    if (2 * log(u) <= t) return k
  }
}
