/** How an exported module works out an expression: the JavaScript of `#steps/expression-row` on the same tree. */
export const javascriptExpression = String.raw`
const maths = {
  abs: Math.abs, sqrt: Math.sqrt, exp: Math.exp, log: Math.log, log10: Math.log10, floor: Math.floor, ceil: Math.ceil, sin: Math.sin, cos: Math.cos, sinh: Math.sinh,
  cosh: Math.cosh, tanh: Math.tanh, arcsin: Math.asin, arccos: Math.acos, arctan: Math.atan, arcsinh: Math.asinh, arccosh: Math.acosh, arctanh: Math.atanh, expm1: Math.expm1, log1p: Math.log1p,
}
const conversions = { truncated: Math.trunc, whole: (value) => (Number.isInteger(value) ? value : NaN), single: Math.fround }
const arithmetics = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': floorDivide,
  '%': modulo,
  '**': (a, b) => (a === -1 && !Number.isFinite(b) ? 1 : a ** b),
}
const comparisons = { '==': (a, b) => a === b, '!=': (a, b) => a !== b, '<': sooner, '<=': (a, b) => !sooner(b, a), '>': (a, b) => sooner(b, a), '>=': (a, b) => !sooner(a, b) }

/** The remainder has the sign of the divisor. */
function modulo(a, b) {
  const rest = a % b
  return rest !== 0 && b < 0 !== rest < 0 ? rest + b : rest
}

function floorDivide(a, b) {
  if (b === 0) return a / b
  const rest = a % b
  const quotient = (a - rest) / b - (rest !== 0 && b < 0 !== rest < 0 ? 1 : 0)
  const whole = Math.floor(quotient)
  return quotient - whole > 0.5 ? whole + 1 : whole
}

/** Texts stand in the order of their characters' numbers. */
function sooner(a, b) {
  if (typeof a !== 'string' || typeof b !== 'string') return a < b
  const [first, second] = [[...a], [...b]]
  const place = first.findIndex((one, i) => one !== second[i])
  if (place < 0) return first.length < second.length
  return place < second.length && first[place].codePointAt(0) < second[place].codePointAt(0)
}

function halfToEven(value) {
  const whole = Math.floor(value)
  const rest = value - whole
  return rest < 0.5 || (rest === 0.5 && whole % 2 === 0) ? whole : whole + 1
}

function rounded(value, decimals) {
  const scale = 10 ** Math.abs(decimals)
  if (decimals === 0) return halfToEven(value)
  return decimals > 0 ? halfToEven(value * scale) / scale : halfToEven(value / scale) * scale
}

function numberOrGap(value) {
  return Number.isNaN(value) ? null : value
}

function evaluate(node, row) {
  const of = (part) => evaluate(part, row)
  const ofNumber = (change) => {
    const value = of(node.operand)
    return typeof value === 'number' ? numberOrGap(change(value)) : null
  }
  const ofText = (change) => {
    const text = of(node.operand)
    return text === null ? null : change(String(text))
  }
  switch (node.kind) {
    case 'literal':
      return node.value
    case 'column':
      return columnValue(node, row[node.column.id] ?? null)
    case 'arithmetic':
      return calculated(node, of(node.left), of(node.right))
    case 'negative':
      return ofNumber((value) => -value)
    case 'math':
      return ofNumber(maths[node.function])
    case 'compare': {
      const [a, b] = [of(node.left), of(node.right)]
      return a === null || b === null ? node.operator === '!=' : comparisons[node.operator](a, b)
    }
    case 'logic':
      return node.operator === 'and' ? of(node.left) === true && of(node.right) === true : of(node.left) === true || of(node.right) === true
    case 'not':
      return of(node.operand) !== true
    case 'missing':
      return of(node.operand) === null
    case 'where':
      return of(node.condition) === true ? of(node.value) : of(node.other)
    case 'fill':
      return of(node.value) ?? of(node.other)
    case 'limit': {
      const [held, end] = [of(node.value), of(node.limit)]
      if (typeof held !== 'number' || typeof end !== 'number') return held
      return node.side === 'lower' ? Math.max(held, end) : Math.min(held, end)
    }
    case 'count': {
      const value = of(node.operand)
      return value === null ? null : Number(value)
    }
    case 'angle': {
      const [y, x] = [of(node.y), of(node.x)]
      return typeof y === 'number' && typeof x === 'number' ? numberOrGap(Math.atan2(y, x)) : null
    }
    case 'round':
      return ofNumber((value) => rounded(value, node.decimals))
    case 'convert':
      return ofNumber(conversions[node.to])
    case 'truthy':
      return of(node.operand) !== 0
    case 'written': {
      const value = of(node.operand)
      return value === null ? null : value === true ? 'True' : value === false ? 'False' : String(value)
    }
    case 'join': {
      const [a, b] = [of(node.left), of(node.right)]
      return a === null || b === null ? null : String(a) + String(b)
    }
    case 'case':
      return ofText((text) => (node.to === 'lower' ? text.toLowerCase() : text.toUpperCase()))
    case 'strip':
      return ofText((text) => stripOf(text, new Set(node.characters)))
    case 'length':
      return ofText((text) => [...text].length)
    case 'affix':
      return ofText((text) => (node.side === 'start' ? text.startsWith(node.text) : text.endsWith(node.text)))
    case 'matches':
      return ofText((text) => foundIn(text, node.pattern, '') !== null)
    case 'matchCount':
      return ofText((text) => foundIn(text, node.pattern, 'g')?.length ?? 0)
  }
  throw new Error('unknown part of an expression: ' + node.kind)
}

function columnValue(node, cell) {
  if (node.type === 'text' || node.column.type === 'text') return cell === null ? null : String(cell)
  const value = cellNumber(cell, node.column.type)
  return node.type === 'number' || value === null ? value : value !== 0
}

function calculated(node, a, b) {
  if (node.operator === '**' && (b === 0 || a === 1)) return 1
  return typeof a === 'number' && typeof b === 'number' ? numberOrGap(arithmetics[node.operator](a, b)) : null
}

function foundIn(text, pattern, flags) {
  return (pattern.wordEnds ? wordEnds(text) : text).match(patternOf(pattern.pattern, flags + (pattern.ignoreCase ? 'i' : '') + 'u'))
}

/** In ASCII, for patterns that tell where words end. */
function wordEnds(text) {
  const spaced = [...text].map((one) => (one > '\x7f' && blanks.has(one) ? '\x0b' : one)).join('')
  return spaced.replaceAll(/[^\0-\x7f\p{L}\p{N}_]/gu, '\x01').replaceAll(/[^\0-\x7f]/gu, '_')
}
`
