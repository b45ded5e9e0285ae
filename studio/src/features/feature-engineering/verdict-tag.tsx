import type { OptionAnswer } from '#sdk/client'
import { Tag } from '#studio/components/tag.tsx'
import { verdictOf } from './features-card.ts'

/** What is said of a feature or a column in a word. */
export function VerdictTag({ option }: { readonly option: OptionAnswer }) {
  switch (verdictOf(option)) {
    case 'add': return <Tag tone="clear" glyph="clear">recommended</Tag>
    case 'leak': return <Tag tone="stop" glyph="leak">leak</Tag>
    case 'asked': return <Tag tone="clear" glyph="clear">as asked</Tag>
    case 'redundant': return <Tag glyph="same">redundant</Tag>
    case 'identifier': return <Tag glyph="lock">identifier</Tag>
    case 'noise': return <Tag tone="plain" glyph="same">no sign of use</Tag>
    case 'covers': return <Tag tone="plain" glyph="same">no distinguishable gain</Tag>
    case 'worse': return <Tag tone="plain" glyph="down">worse</Tag>
    case 'luck': return <Tag tone="plain" glyph="same">may be luck</Tag>
  }
}
