/** What Python's str.split and str.strip take for whitespace. */
const spaceRanges: ReadonlyArray<readonly [number, number]> = [
  [9, 13], [28, 32], [133, 133], [160, 160], [5760, 5760], [8192, 8202], [8232, 8233], [8239, 8239], [8287, 8287], [12288, 12288],
]

/** All whitespace characters, the plain blank first. */
export const whitespace: string = spaceCharacters()

/** Minus signs that are read as a hyphen. */
export const minusSigns = '\u2212\ufe63\uff0d'

function spaceCharacters(): string {
  let all = ' '
  for (const [first, last] of spaceRanges) {
    for (let code = first; code <= last; code++) if (code !== 32) all += String.fromCodePoint(code)
  }
  return all
}

const blanks = new Set(whitespace)
const minuses = new Set(minusSigns)

/** ASCII text without a blank, which is most of what is read, stays as it is. */
const compact = /^[!-~]*$/u

/** Whitespace runs become one blank, surrounding ones go, and every minus sign becomes a hyphen. */
export function compactText(text: string): string {
  if (compact.test(text)) return text
  let mapped = ''
  for (const character of text) mapped += blanks.has(character) ? ' ' : minuses.has(character) ? '-' : character
  return collapseBlanks(mapped)
}

/** Whitespace runs become one blank and surrounding ones go. */
export function collapseWhitespace(text: string): string {
  let mapped = ''
  for (const character of text) mapped += blanks.has(character) ? ' ' : character
  return collapseBlanks(mapped)
}

/** Surrounding whitespace goes. */
export function stripText(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && blanks.has(text[start] ?? '')) start++
  while (end > start && blanks.has(text[end - 1] ?? '')) end--
  return text.slice(start, end)
}

function collapseBlanks(text: string): string {
  return text.split(' ').filter((part) => part !== '').join(' ')
}
