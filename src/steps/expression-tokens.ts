/** A fault in an expression and the character at which it shows, counted from 1; caught where expressions are read. */
export class ExpressionFault extends Error {
  constructor(message: string, at: number) {
    super(`character ${at + 1}: ${message}`)
    this.name = 'ExpressionFault'
  }
}

/** A name in an expression that no column of the table has. */
export class UnknownColumnFault extends ExpressionFault {}

/** A piece of an expression; `at` is where it starts, counted from 0. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'column' | 'operator' | 'end'
  readonly text: string
  readonly at: number
}

const number = /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?/uy
const word = /[\p{L}_][\p{L}\p{N}_]*/uy
const operators = ['**', '//', '==', '!=', '<=', '>=', '<', '>', '+', '-', '*', '/', '%', '&', '|', '~', '(', ')', '[', ']', ',', '.', '=']
const escapes: Readonly<Record<string, string>> = { '\\': '\\', "'": "'", '"': '"', n: '\n', t: '\t', r: '\r', '\n': '' }
/** Escapes that write a character by its number, and how many digits they take. */
const numbered: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
/** Characters that nobody writes on purpose: most often \\b, meant for the end of a word, which reads as a backspace. */
function holdsControl(text: string): boolean {
  return [...text].some((character) => character === '\x7f' || (character < ' ' && !'\t\n\r'.includes(character)))
}

/** Cuts an expression into tokens; the last one is the end. */
export function expressionTokens(expression: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < expression.length) {
    if (/\s/u.test(expression[at] ?? '')) {
      at++
      continue
    }
    const { token, next } = tokenAt(expression, at)
    tokens.push(token)
    at = next
  }
  return [...tokens, { kind: 'end', text: '', at: expression.length }]
}

function tokenAt(expression: string, at: number): { token: Token; next: number } {
  const character = expression[at] ?? ''
  if (character === '`') return backtickName(expression, at)
  const quoted = /['"]/u.exec(/^(?:[rRuU]?['"])/u.exec(expression.slice(at, at + 2))?.[0] ?? '')
  if (quoted !== null) return stringLiteral(expression, at, /[rR]/u.test(character))
  const digits = matchAt(number, expression, at)
  if (digits !== null) return numberLiteral(expression, digits, at)
  const name = matchAt(word, expression, at)
  if (name !== null) return { token: { kind: 'name', text: name, at }, next: at + name.length }
  const operator = operators.find((one) => expression.startsWith(one, at))
  if (operator === undefined) throw new ExpressionFault(`${JSON.stringify(character)} has no meaning here; column names with spaces or symbols need backticks.`, at)
  return { token: { kind: 'operator', text: operator, at }, next: at + operator.length }
}

function matchAt(pattern: RegExp, expression: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(expression)?.[0] ?? null
}

function numberLiteral(expression: string, digits: string, at: number): { token: Token; next: number } {
  const next = at + digits.length
  if (/[\p{L}_]/u.test(expression[next] ?? '')) throw new ExpressionFault(`"${digits}${expression[next]}" is neither a number nor a name.`, at)
  if (/^0[\d_]*[1-9]/u.test(digits) && /^[\d_]+$/u.test(digits)) throw new ExpressionFault('whole numbers do not start with a zero.', at)
  return { token: { kind: 'number', text: digits.replaceAll('_', ''), at }, next }
}

function backtickName(expression: string, at: number): { token: Token; next: number } {
  const end = expression.indexOf('`', at + 1)
  if (end < 0) throw new ExpressionFault('the backtick opens a name that is never closed.', at)
  return { token: { kind: 'column', text: expression.slice(at + 1, end), at }, next: end + 1 }
}

/** A text as Python reads it; in a raw one, backslashes stand for themselves. */
function stringLiteral(expression: string, at: number, raw: boolean): { token: Token; next: number } {
  const start = /['"]/u.test(expression[at] ?? '') ? at : at + 1
  const single = expression[start] ?? ''
  const quote = expression.startsWith(single.repeat(3), start) ? single.repeat(3) : single
  let text = ''
  for (let i = start + quote.length; i < expression.length; i++) {
    const character = expression[i] ?? ''
    if (expression.startsWith(quote, i)) {
      if (holdsControl(text)) throw new ExpressionFault(`the text ${JSON.stringify(text)} holds a control character, most often of a backslash; write r'…' or double the backslash.`, at)
      return { token: { kind: 'text', text, at }, next: i + quote.length }
    }
    if (character === '\n' && quote.length === 1) break
    if (character !== '\\') {
      text += character
      continue
    }
    const escaped = raw ? { text: expression.slice(i, i + 2), length: 2 } : escapeAt(expression, i)
    text += escaped.text
    i += escaped.length - 1
  }
  throw new ExpressionFault('the quote opens a text that is never closed.', at)
}

/** What Python makes of an escape; one that it does not know stays as it stands. */
function escapeAt(expression: string, at: number): { readonly text: string; readonly length: number } {
  const letter = expression[at + 1] ?? ''
  const digits = numbered[letter]
  if (digits !== undefined) {
    const hex = expression.slice(at + 2, at + 2 + digits)
    const code = /^[\da-fA-F]+$/u.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Number.NaN
    if (!(code <= 0x10ffff) || (code >= 0xd800 && code < 0xe000)) throw new ExpressionFault(`\\${letter} takes ${digits} digits of a character's number.`, at)
    return { text: String.fromCodePoint(code), length: 2 + digits }
  }
  if (/[0-7N]/u.test(letter)) throw new ExpressionFault(`the escape \\${letter} is not offered; write \\u and four digits.`, at)
  const control = { a: '\x07', b: '\b', f: '\f', v: '\v' }[letter]
  return { text: control ?? escapes[letter] ?? `\\${letter}`, length: 2 }
}
