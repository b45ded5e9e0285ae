import { SignalboxError } from '#core/errors'
import { mostRows } from '#wire/prediction'

const byteOrderMark = 0xfeff

/** So much text is parsed at a time, a few milliseconds of work. */
const partLength = 200_000

/**
 * Parses a JSON list of rows. A long one is cut between rows and parsed part by part, so that other requests are
 * answered in between.
 */
export async function parseJsonRows(sent: string): Promise<unknown[]> {
  const text = sent.charCodeAt(0) === byteOrderMark ? sent.slice(1) : sent
  if (text.length <= partLength) return listOf(parse(text))
  const open = text.search(/\S/u)
  if (text[open] !== '[') throw notJson('it is no list')
  const rows: unknown[] = []
  let from = open + 1
  for (;;) {
    const end = endOfPart(text, from)
    // Where the text ends before its list does, parsing what is left says what is wrong.
    const part = end === null ? parse(`[${text.slice(from)}`) : parse(`[${text.slice(from, end)}]`)
    for (const row of listOf(part)) rows.push(row)
    if (rows.length > mostRows) return rows
    if (end === null) return rows
    from = end + 1
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The comma that ends the first row after a part's length, or null where the rest is the last part. */
function endOfPart(text: string, from: number): number | null {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === quote) at = endOfText(text, at)
    else if (character === openBrace || character === openBracket) depth += 1
    else if (character === closeBrace || character === closeBracket) depth -= 1
    else if (character === comma && depth === 0 && at - from >= partLength) return at
  }
  return null
}

const [quote, backslash, comma, openBrace, closeBrace, openBracket, closeBracket] = [34, 92, 44, 123, 125, 91, 93]

/** The quote that ends a JSON text; one behind an odd number of backslashes belongs to it. */
function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1
    if (slashes % 2 === 0) return at
  }
  return text.length
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw notJson(error instanceof Error ? error.message : 'it cannot be parsed')
  }
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw notJson(`it is ${value === null ? 'null' : typeof value === 'object' ? 'one object' : `a ${typeof value}`}, not a list`)
}

function notJson(why: string): SignalboxError {
  return new SignalboxError({
    code: 'BODY_NOT_JSON',
    message: `The body is not a JSON list of rows: ${why}.`,
    suggestion: 'Send a list of objects, [{"column": value, …}, …], with content-type application/json.',
  })
}
