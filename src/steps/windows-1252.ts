/**
 * The characters that Windows-1252 has in place of the control characters 80 to 9F (hexadecimal), in their order; five of
 * these it leaves unassigned.
 */
const characters = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const assigned = [...characters].map((character, i) => ({ character, control: String.fromCharCode(0x80 + i) })).filter(({ character, control }) => character !== control)

/** The control characters whose places are taken, and what takes them, in the same order. */
export const takenControls: string = assigned.map(({ control }) => control).join('')
export const windowsCharacters: string = assigned.map(({ character }) => character).join('')
