import type { Notation } from '#core/dataset'

const local = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?: (\d{1,2})(:\d\d(?::\d\d)?))?$/u
const byComma = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d*)(?:,\d+)?$/u
const byPoint = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d+)?$/u

/** A number or date as its file wrote it, as it is written plainly; what is written in another way is left as it is. */
export function plainNotation(text: string, notation: Notation): string {
  switch (notation) {
    case 'decimal_comma':
    case 'thousands_point':
      return byComma.test(text) ? text.replaceAll(/[. ]/gu, '').replace(',', '.') : text
    case 'thousands_comma':
      return byPoint.test(text) ? text.replaceAll(',', '') : text
    case 'day_first':
    case 'month_first':
    case 'year_first':
      return isoOrder(text, notation)
  }
}

function isoOrder(text: string, notation: 'day_first' | 'month_first' | 'year_first'): string {
  const [, first = '', , second = '', third = '', hour, rest = ''] = local.exec(text) ?? []
  const isYearFirst = first.length === 4
  if (first === '' || isYearFirst !== (notation === 'year_first') || (isYearFirst ? third.length > 2 : third.length !== 4)) return text
  const [year, month, day] = isYearFirst ? [first, second, third] : notation === 'day_first' ? [third, second, first] : [third, first, second]
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return hour === undefined ? date : `${date}T${hour.padStart(2, '0')}${rest}`
}
