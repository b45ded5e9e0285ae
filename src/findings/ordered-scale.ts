/** Words that stand for an order in plain English, lowest first; words of one rank mean the same. */
const scales: ReadonlyArray<ReadonlyArray<readonly string[]>> = [
  [['very low'], ['low'], ['medium', 'moderate', 'mid', 'middle', 'average', 'normal'], ['high'], ['very high'], ['extreme', 'extremely high']],
  [['xxs'], ['xs'], ['s'], ['m'], ['l'], ['xl'], ['xxl'], ['xxxl']],
  [['tiny', 'extra small'], ['small'], ['medium'], ['large', 'big'], ['extra large', 'huge']],
  [['never'], ['rarely', 'seldom'], ['sometimes', 'occasionally'], ['often', 'frequently'], ['very often', 'usually'], ['always']],
  [['very poor', 'very bad'], ['poor', 'bad'], ['fair', 'average', 'acceptable'], ['good'], ['very good'], ['excellent', 'outstanding', 'premium'], ['perfect', 'ideal']],
  [['strongly disagree'], ['disagree'], ['neutral', 'neither agree nor disagree', 'undecided'], ['agree'], ['strongly agree']],
  [['very dissatisfied'], ['dissatisfied'], ['neutral'], ['satisfied'], ['very satisfied']],
  [['none', 'no'], ['minimal'], ['mild', 'slight'], ['moderate'], ['severe'], ['very severe']],
  [['beginner', 'novice'], ['intermediate'], ['advanced'], ['expert']],
  [['junior'], ['mid', 'intermediate'], ['senior'], ['lead', 'principal']],
  [['daily'], ['weekly'], ['monthly'], ['quarterly'], ['yearly', 'annually', 'annual']],
  [['not at all'], ['a little', 'slightly'], ['somewhat', 'moderately'], ['very', 'very much'], ['extremely']],
  [['unlikely', 'very unlikely'], ['possible', 'maybe'], ['likely'], ['very likely']],
]

/** Fewer levels have no order worth the name, and more are rather measures. */
const fewestLevels = 3
const mostLevels = 30

/** Levels in their order, and how it was recognised; null where they are no evident scale. */
export interface OrderedScale {
  readonly order: readonly string[]
  readonly why: string
}

/** The order of levels that are all words of one plain English scale, or that all begin with a number. */
export function orderedScale(levels: readonly string[]): OrderedScale | null {
  if (levels.length < fewestLevels || levels.length > mostLevels) return null
  return wordScale(levels) ?? numberScale(levels)
}

function plainWord(level: string): string {
  return level.trim().toLowerCase().replaceAll(/[\s_-]+/gu, ' ')
}

function wordScale(levels: readonly string[]): OrderedScale | null {
  for (const scale of scales) {
    const ranked = levels.map((level) => ({ level, rank: scale.findIndex((words) => words.includes(plainWord(level))) }))
    if (ranked.some(({ rank }) => rank < 0) || new Set(ranked.map(({ rank }) => rank)).size < levels.length) continue
    const order = ranked.sort((a, b) => a.rank - b.rank).map(({ level }) => level)
    return { order, why: 'its levels are words of one scale' }
  }
  return null
}

const leading = /^\s*(under|below|less than|up to|over|above|more than|at least|<=?|>=?|≤|≥)?\s*[$€£¥]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(%|[a-z]+\.?)?\s*(\+|(?:[-–]|to)\s*[$€£¥]?[\d,.]+\s*(?:%|[a-z]+\.?)?|(?:or|and) (?:more|over|less|under))?\s*(?:[a-z]+\.?)?\s*$/iu

/** "< 1 year", "1-3 years", "10+ years": by the number, then by whether the level lies below or above it. */
function numberScale(levels: readonly string[]): OrderedScale | null {
  const read = levels.map((level) => ({ level, place: placeOf(level) }))
  const isPlain = (level: string): boolean => /^\s*[\d.,]+\s*$/u.test(level)
  // Plain numbers alone are numbers written as text, which data_preparation reads; a range or bound shows a scale.
  if (levels.filter((level) => /[-–+<>≤≥]|\bto\b|under|below|less|up to|over|above|more|least/iu.test(level)).length < 2 || levels.every(isPlain)) return null
  if (read.some(({ place }) => place === null)) return null
  const places = read.map(({ place }) => place ?? 0)
  if (new Set(places).size < levels.length) return null
  const order = read.sort((a, b) => (a.place ?? 0) - (b.place ?? 0)).map(({ level }) => level)
  return { order, why: 'its levels begin with numbers' }
}

function placeOf(level: string): number | null {
  const found = leading.exec(level)
  if (found === null) return null
  const [, before = '', whole = '', fraction = '', , after = ''] = found
  if (/^0\d/u.test(whole)) return null
  const number = Number(whole.replaceAll(',', '') + fraction)
  const below = /^(?:under|below|less than|up to|<|≤)/iu.test(before) || /less|under/iu.test(after)
  const above = /^(?:over|above|more than|at least|>|≥)/iu.test(before) || /^\+|more|over/iu.test(after)
  const step = Math.max(1, Math.abs(number)) * 1e-6
  return number + (below ? -step : above ? step : 0)
}
