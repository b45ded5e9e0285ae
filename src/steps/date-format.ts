import { isoMicros } from './iso-micros.ts'

/** How a text is cut into the parts of a moment: a pattern that RE2 and JavaScript read alike, and what each group is. */
export interface DateReading {
  readonly pattern: string
  readonly groups: readonly DatePart[]
}

export type DatePart = 'year' | 'month' | 'monthName' | 'day' | 'hour' | 'halfDayHour' | 'minute' | 'second' | 'fraction' | 'half' | 'zone'

export const monthNames: readonly string[] = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const shortNames = monthNames.map((name) => name.slice(0, 3))

const directives: Readonly<Record<string, readonly [part: DatePart, pattern: string]>> = {
  '%Y': ['year', '[0-9]{4}'], '%m': ['month', '1[0-2]|0?[1-9]'], '%d': ['day', '3[01]|[12][0-9]|0?[1-9]'], '%B': ['monthName', monthNames.join('|')], '%b': ['monthName', shortNames.join('|')],
  '%H': ['hour', '2[0-3]|[01]?[0-9]'], '%I': ['halfDayHour', '1[0-2]|0?[1-9]'], '%M': ['minute', '[0-5]?[0-9]'], '%S': ['second', '[0-5]?[0-9]'], '%f': ['fraction', '[0-9]{1,9}'], '%p': ['half', 'am|pm'],
}

/** The reading of a format in the notation of Python's strptime, as `guessDateFormat` gives it. */
export function dateReading(format: string): DateReading {
  const pieces = format.match(/%[a-zA-Z]|[^%]/gu) ?? []
  const groups = pieces.flatMap((piece) => directives[piece]?.[0] ?? [])
  const pattern = pieces.map((piece) => (directives[piece] === undefined ? (piece === ' ' ? '[ ]+' : `[${piece}]`) : `(${directives[piece][1]})`)).join('')
  return { pattern: `(?i)^${pattern}$`, groups }
}

const time = '(?:[T ]([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:[.]([0-9]{1,9}))?)?)?(?: ?(Z|[+-][0-9]{2}(?::?[0-9]{2})?))?)?'

/** What is read whatever the format: ISO 8601, with a zone as the moment in UTC. */
export const isoReadings: readonly DateReading[] = [
  { pattern: `(?i)^([0-9]{4})(?:[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2})${time})?)?$`, groups: ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'zone'] },
  { pattern: '(?i)^([0-9]{4})([0-9]{2})([0-9]{2})$', groups: ['year', 'month', 'day'] },
]

const timeShape = '(?:([T ])([0-9]{1,2}):([0-9]{2})(:[0-9]{2})?([.][0-9]{1,9})?( [AaPp][Mm])?)?'
const shapes: ReadonlyArray<readonly [shape: RegExp, read: (groups: readonly string[]) => readonly [format: string, iso: string] | null]> = [
  [new RegExp(`^([0-9]{4})([-/.])([0-9]{1,2})\\2([0-9]{1,2})${timeShape}$`, 'u'), ([year, mark, month, day]) => [`%Y${mark}%m${mark}%d`, isoDay(year, month, day)]],
  [new RegExp(`^([0-9]{1,2})([-/.])([0-9]{1,2})\\2([0-9]{4})${timeShape}$`, 'u'), ([one = '', mark, two, year]) => (Number(one) > 12 ? [`%d${mark}%m${mark}%Y`, isoDay(year, two, one)] : [`%m${mark}%d${mark}%Y`, isoDay(year, one, two)])],
  [/^([0-9]{4})([0-9]{2})([0-9]{2})$/u, ([year, month, day]) => ['%Y%m%d', isoDay(year, month, day)]],
  [new RegExp(`^([0-9]{1,2})([- ])([A-Za-z]+)\\2([0-9]{4})${timeShape}$`, 'u'), ([day, mark, name, year]) => named(name, (word, month) => [`%d${mark}${word}${mark}%Y`, isoDay(year, month, day)])],
  [new RegExp(`^([A-Za-z]+) ([0-9]{1,2}), ([0-9]{4})${timeShape}$`, 'u'), ([name, day, year]) => named(name, (word, month) => [`${word} %d, %Y`, isoDay(year, month, day)])],
]

function isoDay(year = '', month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function named(name = '', read: (word: '%B' | '%b', month: string) => readonly [string, string]): readonly [string, string] | null {
  const [whole, short] = [monthNames.indexOf(name.toLowerCase()), shortNames.indexOf(name.toLowerCase())]
  if (whole < 0 && short < 0) return null
  return whole >= 0 ? read('%B', String(whole + 1)) : read('%b', String(short + 1))
}

/**
 * The format in which a text writes a day, in the notation of strptime; null where it writes none. As pandas guesses, the
 * month comes first where both could, as in 01/02/2024.
 */
export function guessDateFormat(text: string): string | null {
  for (const [shape, read] of shapes) {
    const found = shape.exec(text)
    if (found === null) continue
    const groups = found.slice(1).map((group) => group ?? '')
    const [day, iso] = read(groups) ?? ['', '']
    if (isoMicros(iso) === null) continue
    return day + timeFormat(shape.source.includes('[AaPp]') ? groups.slice(-6) : [])
  }
  return null
}

function timeFormat([mark = '', hour = '', , second = '', fraction = '', half = '']: readonly string[]): string {
  if (hour === '') return ''
  return `${mark}${half === '' ? '%H' : '%I'}:%M${second === '' ? '' : ':%S'}${fraction === '' ? '' : '.%f'}${half === '' ? '' : ' %p'}`
}

/** Texts that may well be dates, though in no way that is read: of two-digit years, for one, the century would be a guess. */
export const nearlyDate = /^[0-9]{1,4}[-/. ](?:[0-9]{1,2}|[A-Za-z]{3,9})[-/. ][0-9]{2,4}\b|^[A-Za-z]{3,9}\.? [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{2,4}\b/u
