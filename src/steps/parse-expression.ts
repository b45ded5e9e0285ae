import type { Argument, ArithmeticOperator, CompareOperator, Expression } from './expression-tree.ts'
import { ExpressionFault, expressionTokens, type Token } from './expression-tokens.ts'

const longest = 10_000
const deepest = 60
const comparisons: readonly string[] = ['==', '!=', '<', '<=', '>', '>=']
/** Words of Python that stand for something else than a column. */
const reserved = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'lambda', 'for', 'await', 'yield'])

/** Reads an expression by the grammar of the package: `&` and `|` bind more loosely than comparisons. Throws `ExpressionFault`. */
export function parseExpression(expression: string): Expression {
  if (expression.trim() === '') throw new ExpressionFault('the expression is empty.', 0)
  if (expression.length > longest) throw new ExpressionFault(`the expression has more than ${longest} characters.`, longest)
  const parser = new Parser(expressionTokens(expression))
  return parser.whole()
}

class Parser {
  private readonly tokens: readonly Token[]
  private place = 0
  private depth = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  whole(): Expression {
    const read = this.disjunction()
    const token = this.peek()
    if (token.kind === 'end') return read
    if (token.text === 'if') throw new ExpressionFault('if and else are not offered; use a.where(condition, b).', token.at)
    const hint = token.kind === 'name' ? '; column names with spaces or symbols need backticks' : ''
    throw new ExpressionFault(`${JSON.stringify(token.text)} was not expected here${hint}.`, token.at)
  }

  private peek(ahead = 0): Token {
    return this.tokens[Math.min(this.place + ahead, this.tokens.length - 1)] ?? { kind: 'end', text: '', at: 0 }
  }

  private next(): Token {
    const token = this.peek()
    this.place++
    return token
  }

  /** Whether the next token is this operator or word. */
  private at(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.text === text && (token.kind === 'operator' || token.kind === 'name')
  }

  private take(...texts: readonly string[]): Token | null {
    return texts.some((text) => this.at(text)) ? this.next() : null
  }

  private expect(text: string): Token {
    const token = this.peek()
    if (!this.at(text)) throw new ExpressionFault(`"${text}" was expected${token.kind === 'end' ? ' before the end' : `, not ${JSON.stringify(token.text)}`}.`, token.at)
    return this.next()
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > deepest) throw new ExpressionFault(`parts are nested more than ${deepest} deep.`, this.peek().at)
    const done = read()
    this.depth--
    return done
  }

  private disjunction(): Expression {
    let left = this.conjunction()
    for (let token = this.take('|', 'or'); token !== null; token = this.take('|', 'or')) {
      left = { kind: 'binary', operator: 'or', left, right: this.conjunction(), at: token.at }
    }
    return left
  }

  private conjunction(): Expression {
    let left = this.negation()
    for (let token = this.take('&', 'and'); token !== null; token = this.take('&', 'and')) {
      left = { kind: 'binary', operator: 'and', left, right: this.negation(), at: token.at }
    }
    return left
  }

  private negation(): Expression {
    const token = this.take('not')
    if (token === null) return this.comparison()
    return this.nested(() => ({ kind: 'unary', operator: 'not', operand: this.negation(), at: token.at }))
  }

  private comparison(): Expression {
    const first = this.sum()
    const rest: { operator: CompareOperator | 'in' | 'not in'; right: Expression; at: number }[] = []
    for (;;) {
      const token = this.peek()
      const operator = this.comparisonOperator()
      if (operator === null) break
      rest.push({ operator, right: this.sum(), at: token.at })
    }
    return rest.length === 0 ? first : { kind: 'compare', first, rest, at: rest[0]?.at ?? first.at }
  }

  private comparisonOperator(): CompareOperator | 'in' | 'not in' | null {
    const token = this.peek()
    if (this.at('is')) throw new ExpressionFault('"is" is not offered; use ==, .isna() or .notna().', token.at)
    if (this.take('in') !== null) return 'in'
    if (this.at('not') && this.at('in', 1)) {
      this.place += 2
      return 'not in'
    }
    if (token.kind !== 'operator' || !comparisons.includes(token.text)) return null
    this.next()
    return token.text as CompareOperator
  }

  private sum(): Expression {
    let left = this.product()
    for (let token = this.take('+', '-'); token !== null; token = this.take('+', '-')) {
      left = { kind: 'binary', operator: token.text as ArithmeticOperator, left, right: this.product(), at: token.at }
    }
    return left
  }

  private product(): Expression {
    let left = this.factor()
    for (let token = this.take('*', '/', '//', '%'); token !== null; token = this.take('*', '/', '//', '%')) {
      left = { kind: 'binary', operator: token.text as ArithmeticOperator, left, right: this.factor(), at: token.at }
    }
    return left
  }

  private factor(): Expression {
    const token = this.take('-', '+', '~')
    if (token === null) return this.power()
    const operator = token.text === '~' ? 'not' : token.text === '-' ? '-' : '+'
    return this.nested(() => ({ kind: 'unary', operator, operand: this.factor(), at: token.at }))
  }

  private power(): Expression {
    const base = this.postfix()
    const token = this.take('**')
    if (token === null) return base
    return this.nested(() => ({ kind: 'binary', operator: '**', left: base, right: this.factor(), at: token.at }))
  }

  private postfix(): Expression {
    let value = this.atom()
    for (;;) {
      if (this.at('[')) throw new ExpressionFault("indexing is limited to df['column'].", this.peek().at)
      if (this.at('(')) throw new ExpressionFault('only the named functions and methods can be called.', this.peek().at)
      const dot = this.take('.')
      if (dot === null) return value
      const str = this.at('str') && this.at('.', 1)
      if (str) this.place += 2
      const method = this.next()
      if (method.kind !== 'name') throw new ExpressionFault('a method was expected after the dot.', method.at)
      if (!this.at('(')) throw new ExpressionFault(`.${str ? 'str.' : ''}${method.text} is no method call; only methods such as .where() may follow a dot.`, dot.at)
      value = { kind: 'method', name: method.text, str, of: value, arguments: this.callArguments(), at: dot.at }
    }
  }

  private callArguments(): Argument[] {
    this.expect('(')
    const given: Argument[] = []
    while (!this.at(')')) {
      const named = this.peek().kind === 'name' && this.at('=', 1)
      const name = named ? this.next().text : null
      if (named) this.expect('=')
      given.push({ name, value: this.nested(() => this.disjunction()) })
      if (this.take(',') === null) break
    }
    this.expect(')')
    return given
  }

  private atom(): Expression {
    const token = this.next()
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text), at: token.at }
    if (token.kind === 'text') return { kind: 'text', value: token.text, at: token.at }
    if (token.kind === 'column') return { kind: 'column', name: token.text, bare: false, at: token.at }
    if (token.kind === 'end') throw new ExpressionFault('the expression ends where a value was expected.', token.at)
    if (token.kind === 'name') return this.named(token)
    if (token.text === '(') return this.parenthesis(token)
    if (token.text === '[') return this.list(token, ']')
    throw new ExpressionFault(`a value was expected, not ${JSON.stringify(token.text)}.`, token.at)
  }

  private parenthesis(open: Token): Expression {
    return this.nested((): Expression => {
      if (this.at(')')) return this.list(open, ')')
      const inner = this.disjunction()
      if (this.take(',') !== null) return this.list(open, ')', [inner])
      this.expect(')')
      return inner
    })
  }

  /** The rest of a list, behind its bracket or its first items. */
  private list(open: Token, close: ']' | ')', before: readonly Expression[] = []): Expression {
    const items: Expression[] = [...before]
    while (!this.at(close)) {
      items.push(this.factor())
      if (this.take(',') === null) break
    }
    this.expect(close)
    return { kind: 'list', items, at: open.at }
  }

  private named({ text, at }: Token): Expression {
    if (text === 'True' || text === 'False') return { kind: 'boolean', value: text === 'True', at }
    if (text === 'None') return { kind: 'none', at }
    if (reserved.has(text)) throw new ExpressionFault(`a value was expected, not the word "${text}".`, at)
    if (text === 'df') return this.frameColumn(at)
    if (this.at('(')) return { kind: 'function', name: text, arguments: this.callArguments(), at }
    return { kind: 'column', name: text, bare: true, at }
  }

  private frameColumn(at: number): Expression {
    if (this.take('.') !== null) {
      const name = this.next()
      if (name.kind !== 'name' || this.at('(')) throw new ExpressionFault("df is the whole table; write df['column'].", at)
      return { kind: 'column', name: name.text, bare: false, at }
    }
    if (this.take('[') === null) throw new ExpressionFault("df is the whole table and cannot stand alone; write df['column'].", at)
    const key = this.next()
    if (key.kind !== 'text') throw new ExpressionFault("indexing is limited to df['column'].", key.at)
    this.expect(']')
    return { kind: 'column', name: key.text, bare: false, at }
  }
}
