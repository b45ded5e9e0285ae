import { spaceClass, wordClass } from './text-counts.ts'

/** A regular expression of Python in words that RE2 and JavaScript read alike. */
export interface PortablePattern {
  readonly pattern: string
  /** Whether it says where words end, which both engines know in ASCII only: texts have to be made so before. */
  readonly wordEnds: boolean
  /** Whether it looks for the end by `$`, which takes in a last line end. */
  readonly lineEnd: boolean
  /** Whether it may match no character at all. */
  readonly empty: boolean
  readonly ignoreCase: boolean
}

/** What a pattern holds that is not offered; `at` is its character, counted from 0. */
export class PatternFault extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** Parts read so far, and what repeating them would mean. */
interface Piece {
  readonly text: string
  readonly empty: boolean
  /** Whether it repeats without an end, or chooses: repeated again, it could take for ever. */
  readonly branching: boolean
}

const digitClass = '\\p{Nd}'
const classes: Readonly<Record<string, string>> = { d: digitClass, w: wordClass, s: spaceClass }
const controls: Readonly<Record<string, { text: string; code: number }>> = {
  n: { text: '\\n', code: 10 }, t: { text: '\\t', code: 9 }, r: { text: '\\r', code: 13 }, f: { text: '\\f', code: 12 }, v: { text: '\\x{b}', code: 11 },
}
/** Escapes that write a character by its number, and their digits. */
const numbered: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
const mostRepeats = 1000

/** Reads a pattern; throws `PatternFault` where it uses what the engines do not share. */
export function portablePattern(pattern: string, ignoreCase: boolean): PortablePattern {
  const flagged = pattern.startsWith('(?i)')
  const reader = new Reader(pattern, flagged ? 4 : 0)
  const { text, empty } = reader.whole()
  if (reader.wordEnds && (/[^\x20-\x7e]/u.test(pattern) || reader.underscore)) {
    throw new PatternFault('\\b is offered in patterns of ASCII without an underscore only', pattern.indexOf('\\b'))
  }
  return { pattern: text, wordEnds: reader.wordEnds, lineEnd: reader.lineEnd, empty, ignoreCase: ignoreCase || flagged }
}

class Reader {
  wordEnds = false
  lineEnd = false
  /** Whether a member or literal is an underscore, which word characters beyond ASCII become where word ends matter. */
  underscore = false
  private readonly pattern: string
  private at: number

  constructor(pattern: string, at: number) {
    this.pattern = pattern
    this.at = at
  }

  whole(): Piece {
    const read = this.alternatives()
    if (this.at < this.pattern.length) throw new PatternFault('a parenthesis is closed that was never opened', this.at)
    return read
  }

  private alternatives(): Piece {
    const all = [this.sequence()]
    while (this.pattern[this.at] === '|') {
      this.at++
      all.push(this.sequence())
    }
    return { text: all.map((one) => one.text).join('|'), empty: all.some((one) => one.empty), branching: all.length > 1 || all.some((one) => one.branching) }
  }

  private sequence(): Piece {
    const all: Piece[] = []
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at] ?? '')) all.push(this.repeated())
    return { text: all.map((one) => one.text).join(''), empty: all.every((one) => one.empty), branching: all.some((one) => one.branching) }
  }

  private repeated(): Piece {
    const start = this.at
    const piece = this.atom()
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/u.exec(this.pattern.slice(this.at))
    if (found === null) {
      if (this.pattern.startsWith('{,', this.at)) throw new PatternFault('{,n} is not offered; write {0,n}', this.at)
      return piece
    }
    if (piece.text === '^' || piece.text.endsWith('$)') || piece.text === '\\b') throw new PatternFault('a place in the text cannot be repeated', start)
    this.at += found[0].length
    const lazy = this.pattern[this.at] === '?'
    if (lazy) this.at++
    if ('*+?{'.includes(this.pattern[this.at] ?? '.')) throw new PatternFault('a repetition is repeated', this.at)
    const endless = found[0] === '*' || found[0] === '+' || (found[2] === ',' && found[3] === '')
    const most = Number(found[3] || (found[1] ?? 1))
    if (most > mostRepeats) throw new PatternFault(`more than ${mostRepeats} repetitions are not offered`, start)
    if (piece.branching && (endless || most > 1)) throw new PatternFault('repeating a choice or a repetition is not offered, since it can take for ever', start)
    const none = found[0] === '*' || found[0] === '?' || found[1] === '0'
    return { text: `${piece.text}${found[0]}${lazy ? '?' : ''}`, empty: none || piece.empty, branching: endless || most > 1 || none }
  }

  private atom(): Piece {
    const character = this.next()
    const plain = (text: string): Piece => ({ text, empty: false, branching: false })
    const place = (text: string): Piece => ({ text, empty: true, branching: false })
    if (character === '(') return this.group()
    if (character === '[') return plain(this.set())
    if (character === '.') return plain('[^\\n]')
    if (character === '^') return place('^')
    // Python's end of a text is also the place before its last line end.
    if (character === '$') {
      this.lineEnd = true
      return place('(?:\\n?$)')
    }
    if (character === '\\') return this.escape()
    if ('*+?'.includes(character)) throw new PatternFault('there is nothing to repeat', this.at - 1)
    return plain(this.literal(character))
  }

  private next(): string {
    const character = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0)
    this.at += character.length
    return character
  }

  private literal(character: string): string {
    if (character === '_') this.underscore = true
    return /[\p{L}\p{N}_ ]/u.test(character) ? character : `\\x{${(character.codePointAt(0) ?? 0).toString(16)}}`
  }

  private group(): Piece {
    const start = this.at - 1
    const named = /^\?P<\w+>/u.exec(this.pattern.slice(this.at))
    if (this.pattern.startsWith('?:', this.at)) this.at += 2
    else if (named !== null) this.at += named[0].length
    else if (this.pattern[this.at] === '?') throw new PatternFault('looking ahead or behind, and flags inside of a pattern, are not offered', start)
    const inner = this.alternatives()
    if (this.pattern[this.at] !== ')') throw new PatternFault('a parenthesis is never closed', start)
    this.at++
    return { ...inner, text: `(?:${inner.text})` }
  }

  private escape(): Piece {
    const character = this.next()
    if (character === 'b') {
      this.wordEnds = true
      return { text: '\\b', empty: true, branching: false }
    }
    if (character === 'A') return { text: '^', empty: true, branching: false }
    if (character === 'Z') return { text: '(?:$)', empty: true, branching: false }
    const known = classes[character.toLowerCase()]
    if (known !== undefined) return { text: character === character.toLowerCase() ? `[${known}]` : `[^${known}]`, empty: false, branching: false }
    return { text: this.escaped(character).text, empty: false, branching: false }
  }

  /** One character that is written with a backslash. */
  private escaped(character: string): { readonly text: string; readonly code: number } {
    const control = controls[character]
    if (control !== undefined) return control
    const digits = numbered[character]
    const written = this.pattern.slice(this.at, this.at + (digits ?? 0))
    if (digits !== undefined && written.length === digits && /^[\da-f]+$/iu.test(written)) {
      this.at += digits
      const code = Number.parseInt(written, 16)
      return { text: this.literal(String.fromCodePoint(Math.min(code, 0x10ffff))), code }
    }
    if (/[\p{L}\p{N}]/u.test(character) || character === '\0') throw new PatternFault(`\\${character} is not offered`, this.at - 2)
    return { text: this.literal(character), code: character.codePointAt(0) ?? 0 }
  }

  private set(): string {
    const start = this.at - 1
    const negated = this.pattern[this.at] === '^'
    if (negated) this.at++
    let members = ''
    for (let first = true; first || this.pattern[this.at] !== ']'; first = false) {
      if (this.at >= this.pattern.length) throw new PatternFault('a bracket is never closed', start)
      const from = this.member()
      const isRange = this.pattern[this.at] === '-' && this.at + 1 < this.pattern.length && this.pattern[this.at + 1] !== ']'
      if (!isRange) {
        members += from.text
        continue
      }
      this.at++
      const to = this.member()
      if (from.code === null || to.code === null || from.code > to.code) throw new PatternFault('a range runs from one character to a later one', start)
      if (from.code <= 0x5f && to.code >= 0x5f) this.underscore = true
      members += `${from.text}-${to.text}`
    }
    this.at++
    return `[${negated ? '^' : ''}${members}]`
  }

  private member(): { readonly text: string; readonly code: number | null } {
    const character = this.next()
    if (character !== '\\') return { text: this.literal(character), code: character.codePointAt(0) ?? 0 }
    const escaped = this.next()
    const known = classes[escaped]
    if (known !== undefined) return { text: known, code: null }
    if (escaped === 'D') return { text: '\\P{Nd}', code: null }
    return this.escaped(escaped)
  }
}
