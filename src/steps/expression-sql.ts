import { name, number, sql, type Sql } from '#core/sql'
import type { NamedSql } from './step-type.ts'
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
    }
  }

  /** The part under a name where writing it twice would make the text long. */
  once(node: TypedExpression, written: Sql): Sql {
    if (node.kind === 'literal' || node.kind === 'column') return written
    const id = `${this.made}_part_${this.layers.length + 1}`
    this.layers.push([{ id, expression: written }])
    return name(id)
  }

  private shared(node: TypedExpression): Sql {
    return this.once(node, this.write(node))
  }

  private truth(node: TypedExpression): Sql {
    return node.kind === 'column' ? sql`coalesce(${this.write(node)}, false)` : this.write(node)
  }

  private arithmetic({ operator, left, right }: Extract<TypedExpression, { kind: 'arithmetic' }>): Sql {
    if (operator === '**') {
      const [base, exponent] = [this.shared(left), this.shared(right)]
      return sql`case when ${exponent} = 0 or ${base} = 1 then 1e0 else nullif(pow(${base}, ${exponent}), ${notANumber}) end`
    }
    return sql`nullif(${this.write(left)} ${operators[operator]} ${this.write(right)}, ${notANumber})`
  }

  private math({ function: mathFunction, operand }: Extract<TypedExpression, { kind: 'math' }>): Sql {
    if (mathFunction === 'sqrt') {
      const value = this.shared(operand)
      return sql`case when ${value} >= 0 then sqrt(${value}) end`
    }
    if (mathFunction === 'log' || mathFunction === 'log10') {
      const value = this.shared(operand)
      const logarithm = mathFunction === 'log' ? sql`ln(${value})` : sql`log10(${value})`
      return sql`case when ${value} > 0 then ${logarithm} when ${value} = 0 then cast('-inf' as double) end`
    }
    return sql`${functions[mathFunction]}(${this.write(operand)})`
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
const functions = { abs: sql`abs`, exp: sql`exp`, floor: sql`floor`, ceil: sql`ceil` } as const

function literal(value: number | string | boolean | null, type: TypedExpression['type']): Sql {
  if (value === null) return type === 'number' ? sql`cast(null as double)` : type === 'text' ? sql`cast(null as varchar)` : sql`cast(null as boolean)`
  if (typeof value === 'string') return sql`cast(${value} as varchar)`
  if (typeof value === 'boolean') return value ? sql`true` : sql`false`
  return Number.isFinite(value) ? sql`cast(${number(value)} as double)` : sql`cast('inf' as double)`
}
