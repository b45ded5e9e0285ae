import type { Column } from '#core/dataset'
import { findColumn, nearColumnNames } from '#core/find-column'
import { checkMethod } from './check-method.ts'
import { ExpressionFault, UnknownColumnFault } from './expression-tokens.ts'
import type { CompareOperator, Expression } from './expression-tree.ts'
import { mathFunctions, partsOf, type TypedExpression, type ValueType } from './typed-expression.ts'

const constants: Readonly<Record<string, number | null>> = { inf: Number.POSITIVE_INFINITY, Inf: Number.POSITIVE_INFINITY, nan: null, NaN: null }

/** Finds the columns and settles the types of an expression. Throws `ExpressionFault` where something does not fit. */
export function checkExpression(expression: Expression, columns: readonly Column[]): TypedExpression {
  const tree = new Checker(columns).check(expression)
  for (const part of partsOf(tree)) refuseSingles(part)
  return tree
}

/** NumPy reckons on in single precision, which neither SQL nor JavaScript has. */
function refuseSingles(tree: TypedExpression): void {
  if (tree.kind === 'convert' && tree.to === 'single') throw new ExpressionFault("'float32' is offered at the end of a whole expression only; within one, use 'float64'.", tree.at)
  for (const part of partsOf(tree)) refuseSingles(part)
}

/** Settles the types of expressions over some columns; methods are checked by `checkMethod`. */
export class Checker {
  private readonly columns: readonly Column[]

  constructor(columns: readonly Column[]) {
    this.columns = columns
  }

  check(node: Expression): TypedExpression {
    switch (node.kind) {
      case 'number':
      case 'text':
      case 'boolean':
        return { kind: 'literal', type: node.kind, value: node.value }
      case 'column':
        return this.column(node)
      case 'unary':
        return this.unary(node)
      case 'binary':
        return this.binary(node)
      case 'compare':
        return this.chain(node)
      case 'function':
        return this.mathFunction(node)
      case 'method':
        return checkMethod(node, this)
      case 'list':
        throw new ExpressionFault('lists are allowed only behind "in", == and != and in .isin([…]).', node.at)
      case 'none':
        throw new ExpressionFault('None is no value here; .isna() tells missing ones and .where() makes them.', node.at)
    }
  }

  /** The value as a number: a truth value counts 1 or 0. */
  number(node: Expression): TypedExpression {
    const value = this.check(node)
    if (value.type === 'boolean') return { kind: 'count', type: 'number', operand: value }
    return this.expectType(value, 'number', node.at)
  }

  truth(node: Expression): TypedExpression {
    return this.expectType(this.check(node), 'boolean', node.at)
  }

  expectType(value: TypedExpression, type: ValueType, at: number): TypedExpression {
    if (value.type !== type) throw new ExpressionFault(`a ${words[type]} was expected, not a ${words[value.type]}.`, at)
    return value
  }

  /** Equal to any item of a list of literals. */
  membership(value: TypedExpression, list: Expression, at: number): TypedExpression {
    if (list.kind !== 'list') throw new ExpressionFault("a list of literals was expected, for example ['a', 'b'].", list.at)
    const none: TypedExpression = { kind: 'literal', type: 'boolean', value: false }
    return list.items.reduce<TypedExpression>((all, item) => {
      const right = this.check(item)
      if (right.kind !== 'literal' && right.kind !== 'negative') throw new ExpressionFault('items of a list must be literal numbers or texts.', item.at)
      return { kind: 'logic', type: 'boolean', operator: 'or', left: all, right: this.compare('==', { left: value, right, at }) }
    }, none)
  }

  compare(operator: CompareOperator, { left, right, at }: { left: TypedExpression; right: TypedExpression; at: number }): TypedExpression {
    if (left.type === right.type) {
      if (left.type === 'boolean') return { kind: 'compare', type: 'boolean', operator, left: counted(left), right: counted(right) }
      return { kind: 'compare', type: 'boolean', operator, left, right }
    }
    if (left.type === 'text' || right.type === 'text') throw new ExpressionFault(`a ${words[left.type]} cannot be compared with a ${words[right.type]}.`, at)
    return { kind: 'compare', type: 'boolean', operator, left: counted(left), right: counted(right) }
  }

  private column({ name, bare, at }: Extract<Expression, { kind: 'column' }>): TypedExpression {
    const exact = this.columns.find((candidate) => candidate.name === name)
    if (exact === undefined && bare && name in constants) return { kind: 'literal', type: 'number', value: constants[name] ?? null }
    const column = exact ?? findColumn(this.columns, name)
    if (column === undefined) {
      const near = nearColumnNames(this.columns, name)
      throw new UnknownColumnFault(`there is no column "${name}".${near.length === 0 ? '' : ` Near it are: ${near.join(', ')}.`}`, at)
    }
    if (column.type === 'date' || column.type === 'timestamp') {
      throw new ExpressionFault(`"${column.name}" holds dates, with which expressions cannot reckon; DateTimeExtractTransformer makes numbers of them.`, at)
    }
    return { kind: 'column', type: column.type === 'text' ? 'text' : column.type === 'boolean' ? 'boolean' : 'number', column }
  }

  private unary({ operator, operand, at }: Extract<Expression, { kind: 'unary' }>): TypedExpression {
    const value = this.check(operand)
    if (operator === 'not') {
      if (value.type !== 'boolean') throw new ExpressionFault(`~ turns truth values round, not a ${words[value.type]}.`, at)
      return { kind: 'not', type: 'boolean', operand: value }
    }
    this.expectType(value, 'number', operand.at)
    return operator === '-' ? { kind: 'negative', type: 'number', operand: value } : value
  }

  private binary({ operator, left, right, at }: Extract<Expression, { kind: 'binary' }>): TypedExpression {
    if (operator === 'and' || operator === 'or') return { kind: 'logic', type: 'boolean', operator, left: this.truth(left), right: this.truth(right) }
    const sides = [this.check(left), this.check(right)] as const
    if (operator === '+' && sides[0].type === 'text' && sides[1].type === 'text') return { kind: 'join', type: 'text', left: sides[0], right: sides[1] }
    if (sides.some((side) => side.type === 'text')) throw new ExpressionFault(`${operator} takes numbers, not texts.`, at)
    if (sides.every((side) => side.type === 'boolean')) throw new ExpressionFault(`${operator} of two truth values is not offered; write .astype('int') behind them.`, at)
    return { kind: 'arithmetic', type: 'number', operator, left: counted(sides[0]), right: counted(sides[1]) }
  }

  private chain({ first, rest }: Extract<Expression, { kind: 'compare' }>): TypedExpression {
    const [only, ...more] = rest
    if (first.kind === 'list' && only !== undefined && more.length === 0) return this.listFirst(first, only)
    let left = this.check(first)
    let all: TypedExpression | null = null
    for (const { operator, right: written, at } of rest) {
      let one: TypedExpression
      if (written.kind === 'list') {
        if (operator !== 'in' && operator !== 'not in' && operator !== '==' && operator !== '!=') throw new ExpressionFault('lists are compared with in, not in, == and != only.', at)
        const within = this.membership(left, written, at)
        one = operator === 'in' || operator === '==' ? within : { kind: 'not', type: 'boolean', operand: within }
      } else {
        if (operator === 'in' || operator === 'not in') throw new ExpressionFault("\"in\" needs a list on the right, for example x in ['a', 'b'].", at)
        const right = this.check(written)
        one = this.compare(operator, { left, right, at })
        left = right
      }
      all = all === null ? one : { kind: 'logic', type: 'boolean', operator: 'and', left: all, right: one }
    }
    return all ?? left
  }

  /** A list on the left, which tells membership as one on the right does. */
  private listFirst(list: Expression, { operator, right, at }: Extract<Expression, { kind: 'compare' }>['rest'][number]): TypedExpression {
    if (operator !== '==' && operator !== '!=') throw new ExpressionFault('lists are compared with in, not in, == and != only.', at)
    const within = this.membership(this.check(right), list, at)
    return operator === '==' ? within : { kind: 'not', type: 'boolean', operand: within }
  }

  private mathFunction({ name, arguments: given, at }: Extract<Expression, { kind: 'function' }>): TypedExpression {
    const found = mathFunctions.find((one) => one === name)
    const [argument, more] = given
    if (name === 'arctan2' && argument !== undefined && more !== undefined && given.length === 2 && argument.name === null && more.name === null) {
      return { kind: 'angle', type: 'number', y: this.number(argument.value), x: this.number(more.value) }
    }
    if (name === 'arctan2') throw new ExpressionFault('arctan2() takes two values, y and x.', at)
    if (found === undefined) throw new ExpressionFault(`the function "${name}" is not offered; offered are ${mathFunctions.join(', ')}, arctan2.`, at)
    if (argument === undefined || more !== undefined || argument.name !== null) throw new ExpressionFault(`${name}() takes one value.`, at)
    return { kind: 'math', type: 'number', function: found, operand: this.number(argument.value) }
  }
}

const words: Readonly<Record<ValueType, string>> = { number: 'number', text: 'text', boolean: 'truth value' }

function counted(value: TypedExpression): TypedExpression {
  return value.type === 'boolean' ? { kind: 'count', type: 'number', operand: value } : value
}
