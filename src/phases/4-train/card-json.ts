import type { Proposal } from '#core/decision'

/** What a card may hold besides its options. */
export type CardJson = Proposal['context'][string]
