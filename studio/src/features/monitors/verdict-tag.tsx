import type { CheckMonitorAnswer } from '#sdk/client'
import { Tag } from '#studio/components/tag.tsx'

/** What a check says, in a word and a shape. */
export function VerdictTag({ verdict }: { readonly verdict: CheckMonitorAnswer['verdict'] }) {
  if (verdict === 'drift') return <Tag tone="held" glyph="care">drift</Tag>
  if (verdict === 'ok') return <Tag tone="clear" glyph="clear">as before</Tag>
  return <Tag tone="plain" glyph="idle">too few rows</Tag>
}
