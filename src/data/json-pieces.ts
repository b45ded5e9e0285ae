/** The values of a JSON array as texts, one by one, however long the array. */
export async function* arrayElements(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const scan = new ElementScan()
  for await (const piece of source) yield* scan.take(piece)
  if (!scan.closed) throw new SyntaxError('the array does not end')
}

const [quote, backslash, comma, open, close, openArray, closeArray] = [...'"\\,{}[]'].map((letter) => letter.charCodeAt(0))

/** Where in the array the bytes so far have come to; strings are passed over, whatever they hold. */
class ElementScan {
  closed = false
  #depth = 0
  #inString = false
  #escaped = false
  #rest: Buffer = Buffer.alloc(0)

  /** `begins` after the bracket of the array itself, `ends` at what ends an element of it. */
  #step(byte: number): 'begins' | 'ends' | undefined {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (byte === backslash) this.#escaped = true
      else if (byte === quote) this.#inString = false
      return undefined
    }
    if (byte === quote) this.#inString = true
    else if (byte === openArray || byte === open) {
      this.#depth += 1
      return this.#depth === 1 ? 'begins' : undefined
    } else if (byte === closeArray || byte === close) {
      this.#depth -= 1
      this.closed = this.#depth === 0
      return this.closed ? 'ends' : undefined
    } else if (byte === comma && this.#depth === 1) return 'ends'
    return undefined
  }

  *take(piece: Buffer): Generator<string> {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    let from = 0
    for (let at = this.#rest.length; at < bytes.length; at += 1) {
      if (this.closed && (bytes[at] ?? 0) > 32) throw new SyntaxError('something follows the array')
      const cut = this.#step(bytes[at] ?? 0)
      if (cut === 'begins') from = at + 1
      if (cut !== 'ends') continue
      const text = bytes.toString('utf8', from, at)
      if (text.trim() !== '') yield text
      else if (!this.closed) throw new SyntaxError('a value is missing')
      from = at + 1
    }
    this.#rest = Buffer.from(bytes.subarray(from))
  }
}

/** The lines that are not blank, as texts. */
export async function* filledLines(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of source) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    let from = 0
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      const line = bytes.toString('utf8', from, end).trim()
      if (line !== '') yield line
      from = end + 1
    }
    rest = Buffer.from(bytes.subarray(from))
  }
  const last = rest.toString('utf8').trim()
  if (last !== '') yield last
}
