import { name, number, sql, type Sql } from '#core/sql'
import { mathSql } from './math-sql.ts'
import type { NamedSql } from './step-type.ts'
import { lowerSql, upperSql } from './text-case.ts'
import { countMatchesSql, wordEndsSql } from './text-counts.ts'
import { matchesSql } from './text-sql.ts'
import type { TypedExpression } from './typed-expression.ts'

/** SQL of an expression: parts that are used twice are worked out before, layer by layer, under names of their own. */
export interface ExpressionSql {
  readonly layers: ReadonlyArray<readonly NamedSql[]>
  readonly expression: Sql
}

/**
 * The expression as SQL. Numbers are doubles; what is no number is null on the way, and what is not finite at the end.
 * Parts are named after the column that is made, since other steps may work in the same query.
 */
export function expressionSql(tree: TypedExpression, made: string): ExpressionSql {
  const writer = new Writer(made)
  const whole = writer.write(tree)
  if (tree.type !== 'number') return { layers: writer.layers, expression: whole }
  const once = writer.once(tree, whole)
  return { layers: writer.layers, expression: sql`case when abs(${once}) <= 1.7976931348623157e308 then ${once} end` }
}

const notANumber = sql`cast('nan' as double)`

class Writer {
  readonly layers: NamedSql[][] = []
  private readonly made: string
  /** Times so far that a part is asked whether it is a number. */
  private asked = 0

  constructor(made: string) {
    this.made = made
  }

  write(node: TypedExpression): Sql {
    switch (node.kind) {
      case 'literal':
        return literal(node.value, node.type)
      case 'column':
        return node.type === 'number' ? sql`cast(${name(node.column.id)} as double)` : name(node.column.id)
      case 'arithmetic':
        return this.arithmetic(node)
      case 'negative':
        return sql`(-${this.write(node.operand)})`
      case 'math':
        return this.math(node)
      case 'compare':
        return sql`coalesce(${this.write(node.left)} ${operators[node.operator]} ${this.write(node.right)}, ${node.operator === '!='})`
      case 'logic':
        return node.operator === 'and' ? sql`(${this.truth(node.left)} and ${this.truth(node.right)})` : sql`(${this.truth(node.left)} or ${this.truth(node.right)})`
      case 'not':
        return sql`(not ${this.truth(node.operand)})`
      case 'missing':
        return sql`(${this.write(node.operand)} is null)`
      case 'where':
        return sql`case when ${this.truth(node.condition)} then ${this.write(node.value)} else ${this.write(node.other)} end`
      case 'fill':
        return sql`coalesce(${this.write(node.value)}, ${this.write(node.other)})`
      case 'limit':
        return this.limit(node)
      case 'count':
        return this.count(node)
      case 'angle':
        return this.numberOrNull(() => sql`atan2(${this.write(node.y)}, ${this.write(node.x)})`)
      case 'round':
        return this.round(node)
      case 'convert':
        return this.convert(node)
      case 'truthy':
        return sql`coalesce(${this.write(node.operand)} <> 0, true)`
      case 'written':
        return writtenSql(node.operand, this.shared(node.operand))
      case 'join':
        return sql`(${this.write(node.left)} || ${this.write(node.right)})`
      default:
        return this.texts(node)
    }
  }

  /** The part under a name where writing it twice would make the text long. */
  once(node: TypedExpression, written: Sql): Sql {
    return node.kind === 'literal' || node.kind === 'column' ? written : this.part(written)
  }

  private part(written: Sql): Sql {
    const id = `${this.made}_part_${this.layers.length + 1}`
    this.layers.push([{ id, expression: written }])
    return name(id)
  }

  private shared(node: TypedExpression): Sql {
    return this.once(node, this.write(node))
  }

  private truth(node: TypedExpression): Sql {
    return certain.has(node.kind) ? this.write(node) : sql`coalesce(${this.write(node)}, false)`
  }

  private arithmetic({ operator, left, right }: Extract<TypedExpression, { kind: 'arithmetic' }>): Sql {
    if (operator === '//' || operator === '%') return this.remainder(operator, this.shared(left), this.shared(right))
    if (operator === '**') {
      const [base, exponent] = [this.shared(left), this.shared(right)]
      this.asked += 1
      return sql`case when ${exponent} = 0 or ${base} = 1 then 1e0 else nullif(pow(${base}, ${exponent}), ${notANumber}) end`
    }
    return this.numberOrNull(() => sql`${this.reckoned(left)} ${operators[operator]} ${this.reckoned(right)}`)
  }

  /** What is no number stays none through sums, products and ratios: it is asked about once for all of them. */
  private reckoned(node: TypedExpression): Sql {
    if (node.kind === 'negative') return sql`(-${this.reckoned(node.operand)})`
    if (node.kind !== 'arithmetic' || !(node.operator in operators)) return this.write(node)
    return sql`(${this.reckoned(node.left)} ${operators[node.operator as keyof typeof operators]} ${this.reckoned(node.right)})`
  }

  /**
   * Null instead of what is no number. The engine writes a part twice to ask about it, so that one within which it is
   * asked already gets a name first: otherwise a long expression would double with each of its levels.
   */
  private numberOrNull(write: () => Sql): Sql {
    const before = this.asked
    const value = write()
    const named = this.asked > before ? this.part(value) : value
    this.asked += 1
    return sql`nullif(${named}, ${notANumber})`
  }

  /** As NumPy reckons: the remainder has the sign of the divisor, and the quotient is the one that goes with it. */
  private remainder(operator: '//' | '%', left: Sql, right: Sql): Sql {
    const rest = this.part(sql`nullif(${left} % ${right}, ${notANumber})`)
    const turned = sql`(${rest} <> 0 and (${right} < 0) <> (${rest} < 0))`
    if (operator === '%') return sql`case when ${turned} then ${rest} + ${right} else ${rest} end`
    const quotient = this.part(sql`nullif((${left} - ${rest}) / nullif(${right}, 0) - case when ${turned} then 1 else 0 end, ${notANumber})`)
    const whole = this.part(sql`floor(${quotient})`)
    return sql`case when ${right} = 0 then nullif(${left} / ${right}, ${notANumber}) when ${quotient} - ${whole} > 0.5e0 then ${whole} + 1 else ${whole} end`
  }

  private math({ function: mathFunction, operand }: Extract<TypedExpression, { kind: 'math' }>): Sql {
    const value = this.shared(operand)
    this.asked += 1
    return mathSql(mathFunction, value)
  }

  private round({ operand, decimals }: Extract<TypedExpression, { kind: 'round' }>): Sql {
    const scale = number(10 ** Math.abs(decimals))
    const value = this.write(operand)
    const scaled = this.part(decimals === 0 ? value : decimals > 0 ? sql`${value} * ${scale}` : sql`${value} / ${scale}`)
    const whole = this.part(sql`floor(${scaled})`)
    const rounded = sql`(case when ${scaled} - ${whole} < 0.5e0 or (${scaled} - ${whole} = 0.5e0 and ${whole} % 2 = 0) then ${whole} else ${whole} + 1 end)`
    return decimals === 0 ? rounded : decimals > 0 ? sql`${rounded} / ${scale}` : sql`${rounded} * ${scale}`
  }

  private convert({ to, operand }: Extract<TypedExpression, { kind: 'convert' }>): Sql {
    const value = this.shared(operand)
    if (to === 'single') return sql`case when abs(${value}) >= ${largestSingle} then ${value} * cast('inf' as double) else cast(cast(${value} as real) as double) end`
    return to === 'whole' ? sql`case when ${value} = floor(${value}) then ${value} end` : sql`case when ${value} < 0 then ceil(${value}) else floor(${value}) end`
  }

  private texts(node: Extract<TypedExpression, { kind: 'case' | 'strip' | 'length' | 'matches' | 'matchCount' | 'affix' }>): Sql {
    const text = this.shared(node.operand)
    switch (node.kind) {
      case 'case':
        return node.to === 'lower' ? lowerSql(text) : upperSql(text)
      case 'strip':
        return node.characters === '' ? text : sql`trim(both ${node.characters} from ${text})`
      case 'length':
        return sql`cast(length(${text}) as double)`
      case 'affix':
        return affixSql(text, node)
      default: {
        const { pattern, ignoreCase, wordEnds } = node.pattern
        const searched = wordEnds ? this.part(wordEndsSql(text)) : text
        const written = `${ignoreCase ? '(?i)' : ''}${pattern}`
        return node.kind === 'matches' ? matchesSql(searched, written) : sql`cast(${countMatchesSql(searched, written)} as double)`
      }
    }
  }

  private limit({ side, value, limit }: Extract<TypedExpression, { kind: 'limit' }>): Sql {
    const [held, end] = [this.shared(value), this.shared(limit)]
    return side === 'lower' ? sql`case when ${held} < ${end} then ${end} else ${held} end` : sql`case when ${held} > ${end} then ${end} else ${held} end`
  }

  private count({ operand }: Extract<TypedExpression, { kind: 'count' }>): Sql {
    const value = this.shared(operand)
    return sql`case when ${value} then 1e0 when not ${value} then 0e0 end`
  }
}

const operators = { '+': sql`+`, '-': sql`-`, '*': sql`*`, '/': sql`/`, '==': sql`=`, '!=': sql`<>`, '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=` } as const
/** From half a step above the largest single on, a double becomes infinite as a single. */
const largestSingle = sql`3.4028235677973366e38`

/** Truth values that are never missing. */
const certain: ReadonlySet<TypedExpression['kind']> = new Set(['compare', 'logic', 'not', 'missing', 'truthy'])

function affixSql(text: Sql, { side, text: affix }: Extract<TypedExpression, { kind: 'affix' }>): Sql {
  const length = [...affix].length
  if (side === 'start') return sql`(substr(${text}, 1, ${number(length)}) = ${affix})`
  return sql`(length(${text}) >= ${number(length)} and substr(${text}, length(${text}) - ${number(length)} + 1) = ${affix})`
}

function writtenSql(operand: TypedExpression, value: Sql): Sql {
  return operand.type === 'boolean' ? sql`case when ${value} then 'True' when not ${value} then 'False' end` : sql`cast(cast(${value} as bigint) as varchar)`
}

function literal(value: number | string | boolean | null, type: TypedExpression['type']): Sql {
  if (value === null) return type === 'number' ? sql`cast(null as double)` : type === 'text' ? sql`cast(null as varchar)` : sql`cast(null as boolean)`
  if (typeof value === 'string') return sql`cast(${value} as varchar)`
  if (typeof value === 'boolean') return value ? sql`true` : sql`false`
  return Number.isFinite(value) ? sql`cast(${number(value)} as double)` : sql`cast('inf' as double)`
}
