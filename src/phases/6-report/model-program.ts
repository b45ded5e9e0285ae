import { javascriptModule } from '#scoring/export-javascript'
import type { ScorerDocument } from '#scoring/scorer-schema'

/** The model as the text of a module, or why a page cannot carry it. */
export type ModelProgram = { readonly text: string } | { readonly why: string }

/** So many characters of it still make a file that can be sent. */
const longest = 1_500_000

/** Puts the scorer into a program that a page can run. */
export function modelProgram(document: ScorerDocument): ModelProgram {
  const made = javascriptModule({ document }, [])
  if (!made.ok) return { why: made.refusal.message }
  if (made.value.length <= longest) return { text: made.value }
  return { why: `As a program it has ${(made.value.length / 1_000_000).toFixed(1)} MB, and a report carries ${longest / 1_000_000} MB at most; the exports of the model have it.` }
}
