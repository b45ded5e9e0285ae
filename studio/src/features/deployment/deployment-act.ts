import type { OptionAnswer } from '#sdk/client'
import type { Act } from '#studio/lib/desk.ts'
import { share } from '#studio/lib/numbers.ts'

interface Wish {
  readonly taken: number | null
  /** Null where the model has none. */
  readonly threshold: number | null
  readonly proposed: number | null
}

const words: Readonly<Record<string, { readonly button: string; readonly title: string; readonly consequence: string }>> = {
  active: { button: 'Deploy, and answer', title: 'Requests are answered from now on.', consequence: 'It needs a deploy key to be called. It can be stopped at any time.' },
  inactive: { button: 'Deploy, not answering yet', title: 'Deployed, and at rest.', consequence: 'It can be tried here, and answers once somebody activates it.' },
  none: { button: 'Do not deploy', title: 'Nothing is deployed.', consequence: 'The version is marked as rejected. Report and monitor go on.' },
}

/** What accepting would do. A deployment is sent at once, without the time to undo. */
export function deploymentAct(options: readonly OptionAnswer[], { taken, threshold, proposed }: Wish): Act {
  const option = options.find(({ index }) => index === taken)
  if (option === undefined) return { answer: {}, button: 'Choose one', title: 'Nothing is chosen yet.', differs: false, blocked: 'Choose one of the three first.' }
  const said = words[option.id] ?? { button: option.title, title: option.title, consequence: '' }
  const moved = option.id !== 'none' && threshold !== null && threshold !== proposed
  return {
    answer: { choice_index: option.index, ...(moved ? { custom_value: { threshold } } : {}) },
    button: said.button,
    title: said.title,
    consequence: moved ? `It flags from ${share(threshold)} on. ${said.consequence}` : said.consequence,
    differs: !option.recommended || moved,
    final: true,
  }
}
