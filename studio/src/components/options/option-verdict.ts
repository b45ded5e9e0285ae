import type { EvidenceAnswer, OptionAnswer } from '#sdk/client'

export type VerdictGroup = 'recommended' | 'risky' | 'offered' | 'covers'

/** The measured gain of an option: the first of its evidence that has an interval. */
export function gainOf({ evidence }: OptionAnswer): (EvidenceAnswer & { readonly interval: [number, number]; readonly value: number }) | null {
  const found = evidence.find(({ interval, value }) => interval !== null && typeof value === 'number')
  return found === undefined || found.interval === null || typeof found.value !== 'number' ? null : { ...found, interval: found.interval, value: found.value }
}

/** Where an option stands: what is recommended first, what needs a look second, what shows no gain last. */
export function groupOf(option: OptionAnswer): VerdictGroup {
  if (option.recommended) return 'recommended'
  if (option.risks.length > 0) return 'risky'
  const gain = gainOf(option)
  return gain !== null && gain.interval[0] <= 0 && gain.interval[1] >= 0 ? 'covers' : 'offered'
}

export const groupWords: Readonly<Record<VerdictGroup, { readonly title: string; readonly text: string }>> = {
  recommended: { title: 'Recommended', text: 'on the evidence beside it' },
  risky: { title: 'Look twice', text: 'each has something that speaks against it' },
  offered: { title: 'Offered', text: 'possible, and not needed' },
  covers: { title: 'No distinguishable gain', text: 'the interval covers zero' },
}

const order: readonly VerdictGroup[] = ['recommended', 'risky', 'offered', 'covers']

export interface OptionGroup {
  readonly group: VerdictGroup
  /** Words of its band, where they are not those of the verdict. */
  readonly words?: { readonly title: string; readonly text: string }
  readonly options: readonly OptionAnswer[]
}

/** The options in their groups, each group in the order of the card. */
export function groupedOptions(options: readonly OptionAnswer[]): OptionGroup[] {
  return order.map((group) => ({ group, options: options.filter((option) => groupOf(option) === group) })).filter(({ options: inside }) => inside.length > 0)
}
