/** A fault in an expression and the character at which it shows, counted from 1; caught where expressions are read. */
export class ExpressionFault extends Error {
  constructor(message: string, at: number) {
    super(`character ${at + 1}: ${message}`)
    this.name = 'ExpressionFault'
  }
}

/** A piece of an expression; `at` is where it starts, counted from 0. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'column' | 'operator' | 'end'
  readonly text: string
  readonly at: number
}

const number = /(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?/uy
const word = /[\p{L}_][\p{L}\p{N}_]*/uy
const operators = ['**', '//', '==', '!=', '<=', '>=', '<', '>', '+', '-', '*', '/', '%', '&', '|', '~', '(', ')', '[', ']', ',', '.', '=']
const escapes: Readonly<Record<string, string>> = { '\\': '\\', "'": "'", '"': '"', n: '\n', t: '\t', r: '\r' }

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
  if (character === "'" || character === '"') return stringLiteral(expression, at)
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
  if (/^0[\d_]*[1-9]/u.test(digits) && /^\d+$/u.test(digits)) throw new ExpressionFault('whole numbers do not start with a zero.', at)
  return { token: { kind: 'number', text: digits.replaceAll('_', ''), at }, next }
}

function backtickName(expression: string, at: number): { token: Token; next: number } {
  const end = expression.indexOf('`', at + 1)
  if (end < 0) throw new ExpressionFault('the backtick opens a name that is never closed.', at)
  return { token: { kind: 'column', text: expression.slice(at + 1, end), at }, next: end + 1 }
}

function stringLiteral(expression: string, at: number): { token: Token; next: number } {
  const quote = expression[at] ?? ''
  if (expression.startsWith(quote.repeat(3), at)) throw new ExpressionFault('texts in three quotes are not offered; use one.', at)
  let text = ''
  for (let i = at + 1; i < expression.length; i++) {
    const character = expression[i] ?? ''
    if (character === quote) return { token: { kind: 'text', text, at }, next: i + 1 }
    if (character === '\n') break
    if (character !== '\\') {
      text += character
      continue
    }
    const escaped = escapes[expression[i + 1] ?? '']
    if (escaped === undefined) throw new ExpressionFault(`the escape \\${expression[i + 1] ?? ''} is not offered.`, i)
    text += escaped
    i++
  }
  throw new ExpressionFault('the quote opens a text that is never closed.', at)
}
