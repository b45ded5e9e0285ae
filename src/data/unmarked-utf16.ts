/** So many bytes tell it. */
const mostBytes = 1 << 16
/** Of the characters of a table, delimiters, digits and line ends are this share at least. */
const leastNarrow = 0.1
/** Characters such as U+0100 put a zero where the others have none. */
const mostOdd = 0.02

/**
 * UTF-16 without a byte order mark: zeros stand in every other place, and what is decoded is text of several lines.
 * Anything else that holds zeros is binary.
 */
export function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(mostBytes, bytes.length) & ~1
  const zeros: [number, number] = [0, 0]
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) zeros[0] += 1
    if (bytes[at + 1] === 0) zeros[1] += 1
  }
  const characters = length / 2
  const encoding = zeros[1] > zeros[0] ? 'utf-16le' : 'utf-16be'
  if (bytes.length < mostBytes && bytes.length % 2 === 1) return undefined
  if (Math.max(...zeros) < characters * leastNarrow || Math.min(...zeros) > characters * mostOdd) return undefined
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, length), { stream: true })
  return /[\r\n]/.test(text) && !hasControls(text) ? encoding : undefined
}

function hasControls(text: string): boolean {
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (code < 9 || (code > 13 && code < 32) || code === 0xfffd) return true
  }
  return false
}
