/** Text that is markup already. Only `markup` makes it, and it escapes whatever else it is given. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Piece = Markup | string | number | null | readonly Piece[]

/** Markup out of fixed parts and values; every value that is not markup is escaped. */
export function markup(fixed: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  let text = fixed[0] ?? ''
  for (const [i, value] of values.entries()) text += pieceText(value) + (fixed[i + 1] ?? '')
  return new Markup(text)
}

function pieceText(piece: Piece): string {
  if (piece === null) return ''
  if (piece instanceof Markup) return piece.text
  if (typeof piece === 'number') return String(piece)
  return typeof piece === 'string' ? escapeText(piece) : piece.map(pieceText).join('')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text that is safe as content and in quoted attributes. */
export function escapeText(text: string): string {
  return visibleText(text).replaceAll(/[&<>"']/gu, (character) => entities[character] ?? '')
}

// Control characters break a parser, and direction marks make a text look like another.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** The text with what cannot be seen replaced by U+FFFD. */
export function visibleText(text: string): string {
  return text.toWellFormed().replaceAll(unseen, '\ufffd')
}
