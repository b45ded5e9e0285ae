/** Classes of bytes that tell which types a column may have, without looking at a cell twice. */
export const characterClass = {
  digit: 1,
  minus: 2,
  dot: 4,
  /** Letters e and E, of numbers and of true and false. */
  exponent: 8,
  plus: 16,
  colon: 32,
  /** The T between day and time, and of true. */
  dayEnd: 64,
  blank: 128,
  zulu: 256,
  /** The other letters of true and false. */
  truth: 512,
  comma: 1024,
  slash: 2048,
  other: 4096,
} as const

const members: ReadonlyArray<readonly [characters: string, bits: number]> = [
  ['0123456789', characterClass.digit],
  ['-', characterClass.minus],
  ['.', characterClass.dot],
  ['eE', characterClass.exponent],
  ['+', characterClass.plus],
  [':', characterClass.colon],
  ['T', characterClass.dayEnd],
  [' ', characterClass.blank],
  ['Z', characterClass.zulu],
  [',', characterClass.comma],
  ['/', characterClass.slash],
  ['trufalsRUFALS', characterClass.truth],
]

/** The class of each byte. */
export const classOfByte = new Uint16Array(256).fill(characterClass.other)
for (const [characters, bits] of members) {
  for (const character of characters) classOfByte[character.charCodeAt(0)] = bits
}
