import type { Checker } from './check-expression.ts'
import { ExpressionFault } from './expression-tokens.ts'
import type { Argument, Expression } from './expression-tree.ts'
import { checkTextMethod, textMethods } from './check-text-method.ts'
import { columnsRead, type TypedExpression } from './typed-expression.ts'

export type Method = Extract<Expression, { kind: 'method' }>

/** The methods with their parameters in order. */
const methods: Readonly<Record<string, readonly string[]>> = {
  where: ['cond', 'other'],
  abs: [],
  round: ['decimals'],
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
  const table = node.str ? textMethods : methods
  const parameters = Object.hasOwn(table, node.name) ? table[node.name] : undefined
  if (parameters === undefined) {
    const offered = [...Object.keys(methods).map((method) => `.${method}()`), ...Object.keys(textMethods).map((method) => `.str.${method}()`)]
    throw new ExpressionFault(`the method .${node.str ? 'str.' : ''}${node.name}() is not offered; offered are ${offered.join(', ')}.`, node.at)
  }
  const given = named(node, parameters)
  const value = checker.check(node.of)
  if (columnsRead(value).length === 0) throw new ExpressionFault(`.${node.name}() needs a column before it.`, node.at)
  if (node.str) return checkTextMethod(node, checker.expectType(value, 'text', node.of.at), given)
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
    case 'round':
      return { kind: 'round', type: 'number', operand: checker.expectType(value, 'number', node.of.at), decimals: decimalsOf(given.get('decimals')) }
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

export type Given = ReadonlyMap<string, Expression>

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

export function needed(given: Given, parameter: string, { name, at }: Method): Expression {
  const value = given.get(parameter)
  if (value === undefined) throw new ExpressionFault(`.${name}() needs "${parameter}".`, at)
  return value
}

function decimalsOf(node: Expression | undefined): number {
  if (node === undefined) return 0
  const sign = node.kind === 'unary' && node.operator === '-' ? -1 : 1
  const digits = node.kind === 'unary' ? node.operand : node
  if (digits.kind !== 'number' || !Number.isInteger(digits.value) || digits.value > 300) throw new ExpressionFault('.round() takes a whole number of decimals.', node.at)
  return digits.value === 0 ? 0 : sign * digits.value
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

/**
 * Another type of the same value. A cell that the package would refuse, and with it the whole table, becomes missing:
 * one cell does not end a prediction.
 */
function cast(value: TypedExpression, dtype: Expression, node: Method): TypedExpression {
  const to = dtype.kind === 'text' ? dtype.value : dtype.kind === 'column' && dtype.bare ? dtype.name : ''
  if (to === 'category' || to === 'object') return value
  const made = { number: numberAs, boolean: truthAs, text: textAs }[value.type](value, { to, at: node.at })
  if (made === null) throw new ExpressionFault(`.astype(${JSON.stringify(to)}) of a ${value.type} is not offered${value.type === 'text' ? '; ParseNumericTransformer reads numbers out of texts' : ''}.`, node.at)
  return made
}

interface Target {
  readonly to: string
  readonly at: number
}

function numberAs(operand: TypedExpression, { to, at }: Target): TypedExpression | null {
  if (to === 'float' || to === 'float64' || to === 'Float64') return operand
  if (to === 'float32') return { kind: 'convert', type: 'number', to: 'single', operand, at }
  if (to === 'int' || to === 'int64' || to === 'int32') return { kind: 'convert', type: 'number', to: 'truncated', operand, at }
  if (to === 'Int64') return { kind: 'convert', type: 'number', to: 'whole', operand, at }
  if (to === 'bool') return { kind: 'truthy', type: 'boolean', operand }
  const isWhole = operand.kind === 'column' && operand.column.type === 'integer'
  return isWhole && (to === 'str' || to === 'string') ? { kind: 'written', type: 'text', operand } : null
}

function truthAs(operand: TypedExpression, { to }: Target): TypedExpression | null {
  if (to === 'bool' || to === 'boolean') return operand
  if (to === 'str' || to === 'string') return { kind: 'written', type: 'text', operand }
  return ['int', 'int32', 'int64', 'Int64', 'float', 'float64', 'Float64'].includes(to) ? { kind: 'count', type: 'number', operand } : null
}

function textAs(operand: TypedExpression, { to }: Target): TypedExpression | null {
  return to === 'str' || to === 'string' ? operand : null
}
