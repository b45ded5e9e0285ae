/**
 * Case folding limited to the characters of some tokens, so that the same mapping runs as a JavaScript function and as
 * SQL `translate`: no engine's own idea of lower case takes part.
 */
export interface Folding {
  /** Characters that fold to one character of a token, in the order of `to`. */
  readonly from: string
  readonly to: string
  /** Characters that fold to several, such as a sharp s. */
  readonly expansions: ReadonlyArray<readonly [character: string, text: string]>
  readonly fold: (text: string) => string
}

/** Folds the whole text, as Python's casefold does but for the Cherokee letters, which it folds upwards. */
export function foldText(text: string): string {
  let folded = ''
  for (const character of text) folded += foldCharacter(character)
  return folded
}

/** The dotless i has no lower case of its own and keeps apart from i. */
const dotlessI = 'ı'

function foldCharacter(character: string): string {
  if (character === dotlessI) return character
  // Twice, since the capital sharp s folds to the small one, and that to two letters.
  return character.toUpperCase().toLowerCase().toUpperCase().toLowerCase()
}

let foldable: ReadonlyMap<string, string> | undefined

/** Every character that folds to something else; the last cased script ends below U+1EA00. */
function foldableCharacters(): ReadonlyMap<string, string> {
  if (foldable !== undefined) return foldable
  const found = new Map<string, string>()
  for (let code = 0x41; code < 0x1ea00; code++) {
    if (code >= 0xd800 && code < 0xe000) continue
    const character = String.fromCodePoint(code)
    const folded = foldCharacter(character)
    if (folded !== character) found.set(character, folded)
  }
  foldable = found
  return found
}

/** Only capitals and letters beyond ASCII fold: a text of other characters stays as it is. */
const unfoldable = /^[ -@[-~]*$/u

/** The folding that tells whether a text equals one of the tokens, which are folded already. */
export function foldingFor(tokens: Iterable<string>): Folding {
  const texts = [...tokens]
  const wanted = new Set(texts.flatMap((token) => [...token]))
  const single: [string, string][] = []
  const expansions: [string, string][] = []
  for (const [character, folded] of foldableCharacters()) {
    if ([...folded].length === 1) {
      if (wanted.has(folded)) single.push([character, folded])
    } else if (texts.some((token) => token.includes(folded))) {
      expansions.push([character, folded])
    }
  }
  const map = new Map([...single, ...expansions])
  const fold = (text: string): string => (unfoldable.test(text) ? text : [...text].map((character) => map.get(character) ?? character).join(''))
  return { from: single.map(([character]) => character).join(''), to: single.map(([, folded]) => folded).join(''), expansions, fold }
}
