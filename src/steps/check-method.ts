import type { Checker } from './check-expression.ts'
import { ExpressionFault } from './expression-tokens.ts'
import type { Argument, Expression } from './expression-tree.ts'
import { columnsRead, type TypedExpression } from './typed-expression.ts'

type Method = Extract<Expression, { kind: 'method' }>

/** The methods with their parameters in order. */
const methods: Readonly<Record<string, readonly string[]>> = {
  where: ['cond', 'other'],
  abs: [],
  isna: [],
  notna: [],
  isnull: [],
  notnull: [],
  fillna: ['value'],
  clip: ['lower', 'upper'],
  between: ['left', 'right', 'inclusive'],
  isin: ['values'],
  astype: ['dtype'],
}

const missing = (type: TypedExpression['type']): TypedExpression => ({ kind: 'literal', type, value: null })

/** Settles the types of a method call. Throws `ExpressionFault` where something does not fit. */
export function checkMethod(node: Method, checker: Checker): TypedExpression {
  const parameters = methods[node.name]
  if (parameters === undefined) {
    const offered = Object.keys(methods).map((method) => `.${method}()`)
    throw new ExpressionFault(`the method .${node.name}() is not offered; offered are ${offered.join(', ')}.`, node.at)
  }
  const given = named(node, parameters)
  const value = checker.check(node.of)
  if (columnsRead(value).length === 0) throw new ExpressionFault(`.${node.name}() needs a column before it.`, node.at)
  switch (node.name) {
    case 'where':
      return where(value, node, { checker, condition: given.get('cond'), other: given.get('other') })
    case 'abs':
      return { kind: 'math', type: 'number', function: 'abs', operand: checker.expectType(value, 'number', node.of.at) }
    case 'fillna':
      return { kind: 'fill', type: value.type, value, other: checker.expectType(checker.check(needed(given, 'value', node)), value.type, node.at) }
    case 'clip':
      return clip(checker.expectType(value, 'number', node.of.at), given, checker)
    case 'between':
      return between(value, node, { checker, given })
    case 'isin':
      return checker.membership(value, needed(given, 'values', node), node.at)
    case 'astype':
      return cast(value, needed(given, 'dtype', node), node)
    default: {
      const absent: TypedExpression = { kind: 'missing', type: 'boolean', operand: value }
      return node.name === 'isna' || node.name === 'isnull' ? absent : { kind: 'not', type: 'boolean', operand: absent }
    }
  }
}

type Given = ReadonlyMap<string, Expression>

/** Arguments by the name of their parameter. */
function named({ name, arguments: list, at }: Method, parameters: readonly string[]): Given {
  const given = new Map<string, Expression>()
  for (const [i, argument] of list.entries()) {
    const parameter = parameterOf(argument, i, parameters)
    if (parameter === undefined) throw new ExpressionFault(`.${name}() takes ${parameters.length === 0 ? 'no argument' : `only ${parameters.join(', ')}`}.`, argument.value.at)
    if (given.has(parameter)) throw new ExpressionFault(`.${name}() is given "${parameter}" twice.`, at)
    given.set(parameter, argument.value)
  }
  return given
}

function parameterOf(argument: Argument, i: number, parameters: readonly string[]): string | undefined {
  return argument.name === null ? parameters[i] : parameters.find((parameter) => parameter === argument.name)
}

function needed(given: Given, parameter: string, { name, at }: Method): Expression {
  const value = given.get(parameter)
  if (value === undefined) throw new ExpressionFault(`.${name}() needs "${parameter}".`, at)
  return value
}

interface Where {
  readonly checker: Checker
  readonly condition: Expression | undefined
  readonly other: Expression | undefined
}

function where(value: TypedExpression, node: Method, { checker, condition, other }: Where): TypedExpression {
  if (condition === undefined) throw new ExpressionFault('.where() needs a condition.', node.at)
  const replacement = other === undefined || other.kind === 'none' ? missing(value.type) : checker.expectType(checker.check(other), value.type, other.at)
  return { kind: 'where', type: value.type, value, condition: checker.truth(condition), other: replacement }
}

function clip(value: TypedExpression, given: Given, checker: Checker): TypedExpression {
  let held = value
  for (const side of ['lower', 'upper'] as const) {
    const limit = given.get(side)
    if (limit !== undefined && limit.kind !== 'none') held = { kind: 'limit', type: 'number', side, value: held, limit: checker.number(limit) }
  }
  return held
}

function between(value: TypedExpression, node: Method, { checker, given }: { checker: Checker; given: Given }): TypedExpression {
  const inclusive = given.get('inclusive')
  const sides = inclusive === undefined ? 'both' : inclusive.kind === 'text' ? inclusive.value : ''
  if (!['both', 'left', 'right', 'neither'].includes(sides)) throw new ExpressionFault('inclusive is "both", "left", "right" or "neither".', inclusive?.at ?? node.at)
  const low = checker.check(needed(given, 'left', node))
  const high = checker.check(needed(given, 'right', node))
  return {
    kind: 'logic',
    type: 'boolean',
    operator: 'and',
    left: checker.compare(sides === 'both' || sides === 'left' ? '>=' : '>', { left: value, right: low, at: node.at }),
    right: checker.compare(sides === 'both' || sides === 'right' ? '<=' : '<', { left: value, right: high, at: node.at }),
  }
}

/** Truth values become 1 and 0; numbers are floats already, and other casts would have to refuse single cells. */
function cast(value: TypedExpression, dtype: Expression, node: Method): TypedExpression {
  const to = dtype.kind === 'text' ? dtype.value : dtype.kind === 'column' && dtype.bare ? dtype.name : ''
  const whole = ['int', 'int32', 'int64', 'Int64'].includes(to)
  const float = ['float', 'float64', 'Float64'].includes(to)
  if (value.type === 'boolean' && (whole || float)) return { kind: 'count', type: 'number', operand: value }
  if (value.type === 'number' && float) return value
  throw new ExpressionFault(`.astype(${JSON.stringify(to)}) of a ${value.type} is not offered; truth values become 'int' or 'float', numbers 'float'.`, node.at)
}
