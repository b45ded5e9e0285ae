import type { Column } from '#core/dataset'
import { name, sql, text, type Sql } from '#core/sql'

/** No number that is none, and none that is infinite: both are missing. */
const finite = (value: Sql): Sql => sql`case when abs(${value}) <= 1.7976931348623157e308 then ${value} end`

/**
 * A column of the raw table as the pipeline reads it, whatever type the engine gave it on loading: spellings of a missing
 * value are missing, and numbers and dates may be written as the file wrote them.
 */
export function rawCellSql(column: Column, isTouched: boolean): Sql {
  const cell = plainSql(column)
  switch (column.type) {
    case 'text':
      return sql`cast(${cell} as varchar)`
    case 'number':
      return finite(sql`try_cast(${cell} as double)`)
    case 'integer':
      // A fraction stays where only the model reads it, as it does in the API.
      return isTouched ? sql`case when try_cast(${cell} as double) = floor(try_cast(${cell} as double)) then try_cast(${cell} as bigint) end` : finite(sql`try_cast(${cell} as double)`)
    case 'boolean': {
      const written = sql`lower(trim(cast(${cell} as varchar)))`
      return sql`case when ${written} in ('true', '1') then true when ${written} in ('false', '0') then false end`
    }
    case 'date':
      return sql`try_cast(try_cast(${cell} as timestamp) as date)`
    case 'timestamp':
      return sql`try_cast(${cell} as timestamp)`
  }
}

const numberForms = {
  decimal_comma: '^[+-]?([0-9]{1,3}([.][0-9]{3})+|[0-9]{1,3}( [0-9]{3})+|[0-9]*)(,[0-9]+)?$',
  thousands_point: '^[+-]?([0-9]{1,3}([.][0-9]{3})+|[0-9]{1,3}( [0-9]{3})+|[0-9]*)(,[0-9]+)?$',
  thousands_comma: '^[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]*)([.][0-9]+)?$',
}
const dateForms = {
  day_first: ['^([0-9]{1,2})([./-])([0-9]{1,2})[./-]([0-9]{4})( [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?$', '\\4-\\3-\\1\\5'],
  month_first: ['^([0-9]{1,2})([./-])([0-9]{1,2})[./-]([0-9]{4})( [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?$', '\\4-\\1-\\3\\5'],
  year_first: ['^([0-9]{4})([./-])([0-9]{1,2})[./-]([0-9]{1,2})( [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?$', '\\1-\\3-\\4\\5'],
} as const

/** The column, texts of it in plain notation. */
function plainSql({ name: column, notation }: Column): Sql {
  const cell = name(column)
  if (notation === undefined) return cell
  const written = sql`trim(cast(${cell} as varchar))`
  const plain = (): Sql => {
    if (notation === 'day_first' || notation === 'month_first' || notation === 'year_first') {
      const [form, order] = dateForms[notation]
      return sql`regexp_replace(${written}, ${text(form)}, ${text(order)})`
    }
    const replaced = notation === 'thousands_comma' ? sql`replace(${written}, ',', '')` : sql`replace(replace(replace(${written}, '.', ''), ' ', ''), ',', '.')`
    return sql`case when regexp_matches(${written}, ${text(numberForms[notation])}) then ${replaced} else ${written} end`
  }
  return sql`case when typeof(${cell}) = 'VARCHAR' then ${plain()} else cast(${cell} as varchar) end`
}

/** A prepared column as the number or text that the model reads. */
export function featureSql({ id, type }: Pick<Column, 'id' | 'type'>): Sql {
  const cell = name(id)
  switch (type) {
    case 'text':
      return sql`cast(${cell} as varchar)`
    case 'boolean':
      return sql`case when ${cell} then 1e0 when not ${cell} then 0e0 end`
    case 'date':
      return sql`floor(cast(epoch_us(cast(${cell} as timestamp)) as double) / 864e8)`
    case 'timestamp':
      return sql`cast(epoch_us(${cell}) as double) / 1e6`
    default:
      return finite(sql`cast(${cell} as double)`)
  }
}

/** The SQL type that a raw column of check rows is written in. */
export function rawTypeSql({ type }: Column): Sql {
  const types = { text: sql`varchar`, number: sql`double`, integer: sql`double`, boolean: sql`boolean`, date: sql`varchar`, timestamp: sql`varchar` }
  return types[type]
}
