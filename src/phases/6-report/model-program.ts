import type { ScorerDocument } from '#scoring/scorer-schema'

/** The model as the text of a module, or why a page cannot carry it. */
export type ModelProgram = { readonly text: string } | { readonly why: string }

/** Puts the scorer into a program that a page can run. */
export function modelProgram(_scorer: ScorerDocument): ModelProgram {
  return { why: 'exports are not there yet' }
}
