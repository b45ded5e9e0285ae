/** A word or mark of a request in plain words; `column` where it names a column of the table. */
export interface QueryToken {
  readonly word: string
  readonly column: string | null
  readonly quoted: boolean
}

interface NamedColumn {
  readonly id: string
  readonly name: string
}

interface Mention {
  readonly start: number
  readonly end: number
  readonly id: string | null
  readonly quoted: boolean
}

/**
 * Cuts a request into words and marks and finds the columns in it: case, blanks, underscores and camel case forgiven,
 * only whole words. A name that two columns share after forgiving names neither, unless it is spelt as one of them.
 */
export function queryTokens(query: string, columns: readonly NamedColumn[]): QueryToken[] {
  const text = query.normalize('NFC').replaceAll(/[‘’]/gu, "'").replaceAll(/[“”„]/gu, '"')
  const mentions = longestFirst(columns.flatMap((column) => mentionsOf(text, column)))
  const tokens: QueryToken[] = []
  let from = 0
  for (const mention of mentions) {
    tokens.push(...words(text.slice(from, mention.start)))
    tokens.push({ word: text.slice(mention.start, mention.end).toLowerCase(), column: mention.id, quoted: mention.quoted })
    from = mention.end
  }
  return [...tokens, ...words(text.slice(from))]
}

function words(text: string): QueryToken[] {
  const found = text.toLowerCase().match(/[\p{L}\p{N}_]+(?:'[\p{L}]+)?|[^\s\p{L}\p{N}_'"`]|\n/gu) ?? []
  return found.map((word) => ({ word, column: null, quoted: false }))
}

function mentionsOf(text: string, column: NamedColumn): Mention[] {
  const parts = nameParts(column.name)
  const bare = parts.length === 0 ? escaped(column.name.trim()) : parts.map(escaped).join('[\\s_.-]*')
  if (bare === '') return []
  const edge = parts.length === 0 ? ['', ''] : ['(?<![\\p{L}\\p{N}_])', '(?![\\p{L}\\p{N}_]|-\\p{L})']
  const pattern = new RegExp(`(["'\`])${escaped(column.name.trim())}\\1|${edge[0]}${bare}${edge[1]}`, 'giu')
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index, end: match.index + match[0].length, id: column.id, quoted: match[1] !== undefined,
  }))
}

/** The words of a name: at marks, and where a small letter meets a capital. */
export function nameParts(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')
}

/** Longer mentions win over those inside them; of two columns at one place, neither is meant for sure. */
function longestFirst(mentions: readonly Mention[]): Mention[] {
  const sorted = [...mentions].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
  const kept: Mention[] = []
  for (const mention of sorted) {
    const same = kept.findIndex((other) => other.start === mention.start && other.end === mention.end)
    const other = kept[same]
    if (other !== undefined && other.id !== mention.id) kept[same] = { ...other, id: null }
    if (!kept.some((taken) => mention.start < taken.end && taken.start < mention.end)) kept.push(mention)
  }
  return kept.sort((a, b) => a.start - b.start)
}
