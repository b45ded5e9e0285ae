import type { Cell } from '#core/ports'
import { cellNumber } from './cell-number.ts'
import type { CompareOperator } from './expression-tree.ts'
import { conversions, mathFunctionOf, rounded } from './math-functions.ts'
import type { Row } from './step-type.ts'
import { textFunction } from './text-function.ts'
import type { TypedExpression } from './typed-expression.ts'

type Value = number | string | boolean | null

/** The expression as a function of one row; equal to its SQL. */
export function expressionRow(tree: TypedExpression): (row: Row) => Cell {
  const whole = evaluator(tree)
  return function evaluateRow(row) {
    const value = whole(row)
    return typeof value === 'number' && !Number.isFinite(value) ? null : value
  }
}

function evaluator(node: TypedExpression): (row: Row) => Value {
  switch (node.kind) {
    case 'literal':
      return () => node.value
    case 'column':
      return columnReader(node)
    case 'arithmetic':
      return arithmetic(node)
    case 'negative':
      return onNumber(node.operand, (value) => -value)
    case 'math':
      return onNumber(node.operand, mathFunctionOf[node.function])
    case 'compare':
      return comparison(node)
    case 'logic': {
      const [left, right] = [evaluator(node.left), evaluator(node.right)]
      return node.operator === 'and' ? (row) => left(row) === true && right(row) === true : (row) => left(row) === true || right(row) === true
    }
    case 'not': {
      const operand = evaluator(node.operand)
      return (row) => operand(row) !== true
    }
    case 'missing': {
      const operand = evaluator(node.operand)
      return (row) => operand(row) === null
    }
    case 'where': {
      const [value, condition, other] = [evaluator(node.value), evaluator(node.condition), evaluator(node.other)]
      return (row) => (condition(row) === true ? value(row) : other(row))
    }
    case 'fill': {
      const [value, other] = [evaluator(node.value), evaluator(node.other)]
      return (row) => value(row) ?? other(row)
    }
    case 'limit':
      return limited(node)
    case 'count': {
      const operand = evaluator(node.operand)
      return (row) => {
        const value = operand(row)
        return value === null ? null : Number(value)
      }
    }
    default:
      return laterEvaluator(node)
  }
}

type Later = Extract<TypedExpression, { kind: 'angle' | 'round' | 'convert' | 'truthy' | 'written' | 'join' | 'case' | 'strip' | 'length' | 'matches' | 'matchCount' | 'affix' }>

/** What few expressions use. */
function laterEvaluator(node: Later): (row: Row) => Value {
  switch (node.kind) {
    case 'angle': {
      const [y, x] = [evaluator(node.y), evaluator(node.x)]
      return (row) => {
        const [a, b] = [y(row), x(row)]
        return typeof a === 'number' && typeof b === 'number' ? numberOrMissing(Math.atan2(a, b)) : null
      }
    }
    case 'round':
      return onNumber(node.operand, rounded(node.decimals))
    case 'convert':
      return onNumber(node.operand, conversions[node.to])
    case 'truthy': {
      const operand = evaluator(node.operand)
      return (row) => operand(row) !== 0
    }
    case 'written': {
      const operand = evaluator(node.operand)
      return (row) => {
        const value = operand(row)
        return value === null ? null : value === true ? 'True' : value === false ? 'False' : String(value)
      }
    }
    case 'join': {
      const [left, right] = [evaluator(node.left), evaluator(node.right)]
      return (row) => {
        const [a, b] = [left(row), right(row)]
        return a === null || b === null ? null : `${a}${b}`
      }
    }
    default:
      return onText(node.operand, textFunction(node))
  }
}

function onText(operand: TypedExpression, apply: (text: string) => Value): (row: Row) => Value {
  const read = evaluator(operand)
  return (row) => {
    const text = read(row)
    return text === null ? null : apply(String(text))
  }
}

function columnReader({ column, type }: Extract<TypedExpression, { kind: 'column' }>): (row: Row) => Value {
  const { id } = column
  if (type === 'text' || column.type === 'text') {
    return (row) => {
      const cell = row[id] ?? null
      return cell === null ? null : String(cell)
    }
  }
  const columnType = column.type
  if (type === 'number') return (row) => cellNumber(row[id] ?? null, columnType)
  return (row) => {
    const value = cellNumber(row[id] ?? null, columnType)
    return value === null ? null : value !== 0
  }
}

function onNumber(operand: TypedExpression, apply: (value: number) => number): (row: Row) => Value {
  const read = evaluator(operand)
  return (row) => {
    const value = read(row)
    return typeof value === 'number' ? numberOrMissing(apply(value)) : null
  }
}

function numberOrMissing(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function arithmetic({ operator, left, right }: Extract<TypedExpression, { kind: 'arithmetic' }>): (row: Row) => Value {
  const [leftOf, rightOf] = [evaluator(left), evaluator(right)]
  const calculate = { '+': add, '-': subtract, '*': multiply, '/': divide, '//': floorDivide, '%': modulo, '**': power }[operator]
  return (row) => {
    const [a, b] = [leftOf(row), rightOf(row)]
    if (operator === '**' && (b === 0 || a === 1)) return 1
    return typeof a === 'number' && typeof b === 'number' ? numberOrMissing(calculate(a, b)) : null
  }
}

const add = (a: number, b: number): number => a + b
const subtract = (a: number, b: number): number => a - b
const multiply = (a: number, b: number): number => a * b
const divide = (a: number, b: number): number => a / b

/** As NumPy reckons: the remainder has the sign of the divisor, and the quotient is the one that goes with it. */
function modulo(a: number, b: number): number {
  const rest = a % b
  return rest !== 0 && b < 0 !== rest < 0 ? rest + b : rest
}

function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b
  const rest = a % b
  const quotient = (a - rest) / b - (rest !== 0 && b < 0 !== rest < 0 ? 1 : 0)
  const whole = Math.floor(quotient)
  return quotient - whole > 0.5 ? whole + 1 : whole
}

/** As C's pow, which differs from JavaScript's for a base of −1 and an infinite exponent. */
function power(a: number, b: number): number {
  return a === -1 && !Number.isFinite(b) ? 1 : a ** b
}

const comparisons: Readonly<Record<CompareOperator, (a: string | number | boolean, b: string | number | boolean) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => sooner(a, b),
  '<=': (a, b) => !sooner(b, a),
  '>': (a, b) => sooner(b, a),
  '>=': (a, b) => !sooner(a, b),
}

/** Texts stand in the order of their characters' numbers, which is not that of their halves. */
function sooner(a: string | number | boolean, b: string | number | boolean): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return a < b
  const [first, second] = [[...a], [...b]]
  const place = first.findIndex((character, i) => character !== second[i])
  if (place < 0) return first.length < second.length
  return place < second.length && (first[place]?.codePointAt(0) ?? 0) < (second[place]?.codePointAt(0) ?? 0)
}

function comparison({ operator, left, right }: Extract<TypedExpression, { kind: 'compare' }>): (row: Row) => boolean {
  const [leftOf, rightOf] = [evaluator(left), evaluator(right)]
  const compare = comparisons[operator]
  return (row) => {
    const [a, b] = [leftOf(row), rightOf(row)]
    return a === null || b === null ? operator === '!=' : compare(a, b)
  }
}

function limited({ side, value, limit }: Extract<TypedExpression, { kind: 'limit' }>): (row: Row) => Value {
  const [readValue, readLimit] = [evaluator(value), evaluator(limit)]
  return (row) => {
    const [held, end] = [readValue(row), readLimit(row)]
    if (typeof held !== 'number' || typeof end !== 'number') return held
    return side === 'lower' ? Math.max(held, end) : Math.min(held, end)
  }
}
